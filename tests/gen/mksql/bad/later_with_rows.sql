-- name: a
-- does: x
-- in: id id
-- out: n int
-- later: yes
UPDATE thing SET n = 1 WHERE id = $1 RETURNING n
