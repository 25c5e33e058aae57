CREATE TABLE a (
    id @id PRIMARY KEY -- C1: identifier
);
ALTER TABLE a ADD COLUMN b @text;
