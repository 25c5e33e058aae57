-- Statements of packs: the official wording that a workspace holds.

-- name: wording_all
-- does: all wording of a pack
-- in:   pack text
-- out:  id id, row text, cell text, text text
SELECT id, row, cell, text
  FROM wording
 WHERE pack = $1
 ORDER BY row, cell

-- name: wording_everywhere
-- does: all wording of all packs
-- out:  pack text, row text, cell text, text text
SELECT pack, row, cell, text
  FROM wording
 ORDER BY pack, row, cell

-- name: wording_anywhere
-- does: one row of any pack that has wording, if any
-- out:  row text
SELECT row
  FROM wording
 LIMIT 1

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

-- name: pack_file_heads
-- does: which files packs of the office have, and in which state; asked to see whether anything changed
-- out:  id id, version text, pack text, name text
SELECT id, version, pack, name
  FROM pack_file
 ORDER BY pack, name

-- name: pack_file_of_pack
-- does: the files of one pack of the office
-- in:   pack text
-- out:  id id, name text, text text?
SELECT id, name, text
  FROM pack_file
 WHERE pack = $1
 ORDER BY name
