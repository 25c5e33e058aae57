CREATE TABLE a (
    id @id PRIMARY KEY -- C1:
);
