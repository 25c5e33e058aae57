CREATE TABLE a (
    id @id PRIMARY KEY -- C5: identifier
);
