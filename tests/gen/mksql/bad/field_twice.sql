-- name: a
-- does: x
-- out: id id, id id
SELECT id, id FROM a
