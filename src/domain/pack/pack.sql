-- Statements of packs: the official wording that a workspace holds.

-- name: wording_all
-- does: all wording of a pack
-- in:   pack text
-- out:  id id, row text, cell text, text text
SELECT id, row, cell, text
  FROM wording
 WHERE pack = $1
 ORDER BY row, cell

-- name: wording_of_row
-- does: the wording of one row
-- in:   pack text, row text
-- out:  cell text, text text
SELECT cell, text
  FROM wording
 WHERE pack = $1 AND row = $2
 ORDER BY cell

-- name: wording_any
-- does: one row that has wording, if any
-- in:   pack text
-- out:  row text
SELECT row
  FROM wording
 WHERE pack = $1
 LIMIT 1
