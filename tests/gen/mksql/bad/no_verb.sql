-- name: a
-- does: x
DROP TABLE a
