-- name: a
-- does: x
-- out: n int?, has_n int
SELECT n, has_n FROM a
