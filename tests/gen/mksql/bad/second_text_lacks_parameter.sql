-- name: a
-- does: x
-- in:   id id
-- out:  id id
SELECT id FROM a WHERE id = $1
-- postgres:
SELECT id FROM a
