CREATE TABLE a (
    id @id PRIMARY KEY, -- C1: identifier
    b @id REFERENCES a (id) -- C1: another
);
