-- name: a
-- does: x
-- out: long int
SELECT long FROM a
