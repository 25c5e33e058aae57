-- Statements of publications beyond reading and saving single records.

-- name: publication_answers
-- does: the answers of the newest round of a tool about each publication of a programme
-- in:   programme_id id, tool text
-- out:  publication_id id, row text, value text?
SELECT a.publication_id, w.row, w.value
  FROM publication p
  JOIN assessment a ON a.publication_id = p.id AND a.tool = $2
  JOIN answer w ON w.assessment_id = a.id
 WHERE p.programme_id = $1
   AND NOT EXISTS (SELECT 1 FROM assessment b
                    WHERE b.publication_id = a.publication_id AND b.tool = a.tool AND b.id > a.id)
 ORDER BY a.publication_id, w.row
