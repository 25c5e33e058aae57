-- Statements of publications beyond reading and saving single records.

-- name: publication_answers
-- does: the newest round of each tool about each publication of a programme, oldest first, with its answers
-- in:   programme_id id
-- out:  publication_id id, tool text, row text?, value text?
SELECT a.publication_id, a.tool, w.row, w.value
  FROM publication p
  JOIN assessment a ON a.publication_id = p.id
  LEFT JOIN answer w ON w.assessment_id = a.id
 WHERE p.programme_id = $1
   AND NOT EXISTS (SELECT 1 FROM assessment b
                    WHERE b.publication_id = a.publication_id AND b.tool = a.tool AND b.id > a.id)
 ORDER BY a.publication_id, a.id, w.row NULLS LAST
