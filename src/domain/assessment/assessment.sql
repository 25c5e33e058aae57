-- Statements of assessments beyond reading and saving single records.

-- name: assessment_answers
-- does: answers of all rounds, by round and row; of one subject, of one tool, or of all
-- in:   programme_id id?, country text?, publication_id id?, tool text?
-- out:  id id, assessment_id id, row text, stakeholder_id id?, group_code text?, year int?, value text?, how text?, provision text?, link text?, missing text?, source text?, female text?, male text?, changed_at text
SELECT w.id, w.assessment_id, w.row, w.stakeholder_id, w.group_code, w.year, w.value, w.how,
       w.provision, w.link, w.missing, w.source, w.female, w.male, w.changed_at
  FROM answer w
 WHERE w.assessment_id IN (SELECT a.id FROM assessment a
                            WHERE a.programme_id = $1 AND (CAST($4 AS TEXT) IS NULL OR a.tool = $4)
                           UNION ALL
                           SELECT a.id FROM assessment a
                            WHERE a.country = $2 AND (CAST($4 AS TEXT) IS NULL OR a.tool = $4)
                           UNION ALL
                           SELECT a.id FROM assessment a
                            WHERE a.publication_id = $3 AND (CAST($4 AS TEXT) IS NULL OR a.tool = $4)
                           UNION ALL
                           SELECT a.id FROM assessment a
                            WHERE CAST($1 AS TEXT) IS NULL AND CAST($2 AS TEXT) IS NULL
                              AND CAST($3 AS TEXT) IS NULL
                              AND (CAST($4 AS TEXT) IS NULL OR a.tool = $4))
 ORDER BY w.assessment_id, w.row, w.year DESC NULLS LAST, w.id

-- name: assessment_led_to
-- does: risks that were taken over because of answers about a country ("NE:"), by programme and age
-- in:   mark text
-- out:  id id, programme_id id, number text, row text?, statement text, basis text
SELECT k.id, k.programme_id, p.number, k.row, k.statement, k.basis
  FROM risk k JOIN programme p ON p.id = k.programme_id
 WHERE k.basis LIKE '%' || $1 || '%'
 ORDER BY p.number, k.id
