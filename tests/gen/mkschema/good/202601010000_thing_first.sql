-- An example: things and their parts.
CREATE TABLE "thing" (
    id @id PRIMARY KEY,                                 -- C0: identifier
    -- C9: this line says nothing of a column
    title @text NOT NULL CHECK (title IN ('a', 'b,)')), -- C2: title; as typed
    -- the size follows
    size @int
        CHECK (size > 0),                               -- C1: size in bytes, above 0
    parent_id @id REFERENCES thing (id)
        DEFERRABLE INITIALLY DEFERRED,                  -- C1: thing it belongs to
    PRIMARY KEY (id, title),
    weight @real                                        -- C4: weight in kg
);
CREATE INDEX thing_title ON thing (title, (size + 1));
INSERT INTO thing (id) VALUES ('x; CREATE TABLE no (');

CREATE TABLE going (
    id @id PRIMARY KEY -- C0: identifier
);
