CREATE TABLE a (
    id @id PRIMARY KEY, -- C1: identifier
    id @id -- C1: identifier
);
