-- name: a
-- does: x
-- out:  id id, n number
SELECT id, n FROM a
