-- name: a
-- does: x
-- in:   id id, n int
-- out:  id id
SELECT id FROM a WHERE id = $1
