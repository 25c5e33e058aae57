-- name: a
-- does: x
-- in: id id
DELETE FROM a WHERE id = ?
