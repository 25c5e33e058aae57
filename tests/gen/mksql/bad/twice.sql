-- name: a
-- does: x
DELETE FROM a

-- name: a
-- does: x
DELETE FROM a
