-- Statements of assessments beyond reading and saving single records.

-- name: assessment_answers
-- does: answers of all rounds, by round and row; of one programme, of one tool, or of all
-- in:   programme_id id?, tool text?
-- out:  id id, assessment_id id, row text, value text, how text?, changed_at text
SELECT w.id, w.assessment_id, w.row, w.value, w.how, w.changed_at
  FROM answer w JOIN assessment a ON a.id = w.assessment_id
 WHERE (CAST($1 AS TEXT) IS NULL OR a.programme_id = $1)
   AND (CAST($2 AS TEXT) IS NULL OR a.tool = $2)
 ORDER BY w.assessment_id, w.row
