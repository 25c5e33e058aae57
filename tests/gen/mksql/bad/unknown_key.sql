-- name: a
-- does: x
-- outs: id id
SELECT id FROM a
