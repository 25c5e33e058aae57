-- Remarks on top of a file are not read, also with a word: like this one.

-- name: thing_list
-- does: things of one kind, newest first
-- in:   kind text, after text?,
--       least int?, limit int
-- out:  id id, title text?, size int, weight real?, data bytes, extra bytes?,
--       count int?
SELECT id, title, size, weight, data, extra, count
  FROM thing -- a remark with a "quote" and $9
 WHERE kind = $1 AND (CAST($2 AS TEXT) IS NULL OR id > $2) AND title <> '$8; ?'
   AND size >= $3
 ORDER BY id DESC
 LIMIT $4;

-- name: thing_newest
-- does: the newest thing
-- out:  id id
SELECT id FROM thing ORDER BY id DESC LIMIT 1

-- name: thing_total
-- does: number of things
-- out:  n int
-- one:  yes
WITH some (id) AS (SELECT id FROM thing WHERE kind <> 'DELETE') SELECT count(*) FROM some

-- name: thing_lock
-- does: takes the lock of a thing
-- in:   id id
-- out:  id id
-- locks: yes
SELECT id FROM thing WHERE id = $1
-- postgres:
SELECT id FROM thing WHERE id = $1 FOR UPDATE

-- name: thing_change
-- does: changes a thing
-- in:   id id, size int?, weight real, data bytes?
WITH old AS (SELECT id FROM thing WHERE id = $1)
UPDATE thing SET size = $2, weight = $3, data = $4 WHERE id IN (SELECT id FROM old)

-- name: thing_add
-- does: adds a thing, which may wait
-- in:   id id, size int
-- later: yes
INSERT INTO thing (id, size) VALUES ($1, $2)

-- name: thing_clear
-- does: removes all things
DELETE FROM thing
