-- name: a
-- does: x
DELETE FROM a;
DELETE FROM b
