-- Statements of the country file.

-- name: country_rounds
-- does: the newest round of every tool about every country, or about these: " KE NA "
-- in:   countries text?
-- out:  country text, tool text, id id, state text, assigned_id id?, changed_at text
SELECT a.country, a.tool, a.id, a.state, a.assigned_id, a.changed_at
  FROM assessment a
 WHERE a.country IS NOT NULL
   AND (CAST($1 AS TEXT) IS NULL OR $1 LIKE '% ' || a.country || ' %')
   AND NOT EXISTS (SELECT 1 FROM assessment b
                    WHERE b.country = a.country AND b.tool = a.tool AND b.id > a.id)
 ORDER BY a.country, a.tool

-- name: country_rows
-- does: the rows answered in these rounds, each once (in a matrix once for each column), with its answer and last change
-- in:   countries text?
-- out:  assessment_id id, row text, stakeholder_id id?, group_code text?, value text?, changed_at text
SELECT w.assessment_id, w.row, w.stakeholder_id, w.group_code, MAX(w.value) AS value,
       MAX(w.changed_at) AS changed_at
  FROM answer w
 WHERE w.assessment_id IN (SELECT a.id FROM assessment a
                            WHERE a.country IS NOT NULL
                              AND (CAST($1 AS TEXT) IS NULL OR $1 LIKE '% ' || a.country || ' %')
                              AND NOT EXISTS (SELECT 1 FROM assessment b
                                               WHERE b.country = a.country AND b.tool = a.tool
                                                 AND b.id > a.id))
 GROUP BY w.assessment_id, w.row, w.stakeholder_id, w.group_code
 ORDER BY w.assessment_id, w.row
