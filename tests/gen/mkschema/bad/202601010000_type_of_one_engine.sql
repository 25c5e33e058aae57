CREATE TABLE a (
    id TEXT PRIMARY KEY -- C1: identifier
);
