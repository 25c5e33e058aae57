CREATE TABLE a (
    id @id PRIMARY KEY,
    -- C0: identifier
    name @text NOT NULL -- C2: name
);
