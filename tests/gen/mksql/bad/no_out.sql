-- name: a
-- does: x
SELECT id FROM a
