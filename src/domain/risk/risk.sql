-- Statements of risks beyond reading and saving single records.

-- name: risk_country_answers
-- does: answers of the newest round of these tools (" 2.3 2.4 ") about these countries, by country and row; with CROSS JOIN SQLite looks for the rounds first
-- in:   countries text, tools text
-- out:  country text, tool text, round id, row text, stakeholder_id id?, stakeholder text?, group_code text?, value text
SELECT s.country, s.tool, s.id AS round, w.row, w.stakeholder_id, k.name AS stakeholder, w.group_code, w.value
  FROM assessment s
 CROSS JOIN answer w
  LEFT JOIN stakeholder k ON k.id = w.stakeholder_id
 WHERE w.assessment_id = s.id AND $2 LIKE '% ' || s.tool || ' %'
   AND s.country IS NOT NULL AND $1 LIKE '% ' || s.country || ' %'
   AND w.value IS NOT NULL
   AND s.id = (SELECT MAX(n.id) FROM assessment n WHERE n.country = s.country AND n.tool = s.tool)
 ORDER BY s.country, s.tool, w.row, w.group_code NULLS FIRST, k.name NULLS FIRST, w.id
