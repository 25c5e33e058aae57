-- name: a
-- does: x
-- out: id id,
SELECT id FROM a
