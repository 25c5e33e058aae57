-- What awaits a person, what is at risk and what changed, in the programmes they may read. Every role
-- reads (access_roles.c), so any role given in a programme or in the organisation makes it readable.
-- As many statements, however many programmes there are.

-- name: home_programmes
-- does: programmes the person may read, those that run first
-- in:   user_id id, today text
-- out:  id id, number text, title text, state text, ends_on text, late_actions int, assessments int, approved int, total int
SELECT p.id, p.number, p.title, p.state, p.ends_on,
       (SELECT COUNT(*) FROM action a
         WHERE a.programme_id = p.id AND a.state = 'open' AND a.due_on < $2) AS late_actions,
       (SELECT COUNT(*) FROM assessment s WHERE s.programme_id = p.id) AS assessments,
       (SELECT COUNT(*) FROM assessment s
         WHERE s.programme_id = p.id AND s.state = 'approved') AS approved,
       COUNT(*) OVER () AS total
  FROM programme p
 WHERE EXISTS (SELECT 1 FROM role_grant g
                WHERE g.user_id = $1
                  AND (g.scope = 'organisation' OR g.programme_id = p.id))
 ORDER BY CASE p.state WHEN 'running' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, p.number

-- name: home_choices
-- does: programmes the person may read, to choose among them; those that run first
-- in:   user_id id
-- out:  number text, title text, state text
SELECT p.number, p.title, p.state
  FROM programme p
 WHERE EXISTS (SELECT 1 FROM role_grant g
                WHERE g.user_id = $1
                  AND (g.scope = 'organisation' OR g.programme_id = p.id))
 ORDER BY CASE p.state WHEN 'running' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, p.number

-- name: home_actions
-- does: open actions of the person, the most urgent first; of no programme and about a country: of who has a role in a programme that works there
-- in:   user_id id, most int
-- out:  id id, what text, due_on text?, number text?, country text?, total int
SELECT x.id, x.what, x.due_on, x.number, x.country, COUNT(*) OVER () AS total
  FROM (SELECT a.id, a.what, a.due_on, a.programme_id, p.number,
               CASE WHEN a.programme_id IS NULL THEN COALESCE(s.country, d.country) END AS country
          FROM action a
          LEFT JOIN programme p ON p.id = a.programme_id
          LEFT JOIN answer w ON a.about_kind = 'answer' AND w.id = a.about_id
          LEFT JOIN assessment s ON s.id = w.assessment_id
          LEFT JOIN due_diligence d ON a.about_kind = 'due_diligence' AND d.id = a.about_id
         WHERE a.owner_id = $1 AND a.state = 'open') x
 WHERE EXISTS (SELECT 1 FROM role_grant g LEFT JOIN programme q ON q.id = g.programme_id
                WHERE g.user_id = $1
                  AND (g.scope = 'organisation' OR g.programme_id = x.programme_id
                       OR q.countries LIKE '% ' || x.country || ' %'))
 ORDER BY x.due_on NULLS LAST, x.id
 LIMIT $2

-- name: home_reviews
-- does: open risks the person watches over whose review is due
-- in:   user_id id, until text, most int
-- out:  id id, statement text, review_on text, likelihood text?, impact text?, number text, total int
SELECT r.id, r.statement, r.review_on, r.likelihood, r.impact, p.number,
       COUNT(*) OVER () AS total
  FROM risk r
  JOIN programme p ON p.id = r.programme_id
 WHERE r.owner_id = $1 AND r.state = 'open' AND r.review_on <= $2
   AND EXISTS (SELECT 1 FROM role_grant g
                WHERE g.user_id = $1
                  AND (g.scope = 'organisation' OR g.programme_id = r.programme_id))
 ORDER BY r.review_on, r.id
 LIMIT $3

-- name: home_assessments
-- does: tools the person fills in or got back, and all that wait for approval; once for each role of the person that reaches them: in the programme, or in one that works in the country
-- in:   user_id id, most int
-- out:  id id, tool text, title text?, state text, assigned_id id?, country text?, role_in id?, number text?, answers int
SELECT s.id, s.tool, s.title, s.state, s.assigned_id, s.country, g.programme_id AS role_in, p.number,
       (SELECT COUNT(*) FROM answer w WHERE w.assessment_id = s.id) AS answers
  FROM assessment s
  LEFT JOIN publication b ON b.id = s.publication_id
  LEFT JOIN programme p ON p.id = COALESCE(s.programme_id, b.programme_id)
  JOIN role_grant g ON g.user_id = $1
  LEFT JOIN programme q ON q.id = g.programme_id
 WHERE ((s.assigned_id = $1 AND s.state IN ('draft', 'returned')) OR s.state = 'submitted')
   AND (g.scope = 'organisation' OR g.programme_id = p.id
        OR q.countries LIKE '% ' || s.country || ' %')
 ORDER BY CASE s.state WHEN 'returned' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, p.number NULLS LAST,
       s.tool, s.id
 LIMIT $2

-- name: home_indicators
-- does: indicators of programmes the person may read; mine: the person collects its values
-- in:   user_id id
-- out:  id id, programme_id id, number text, mine int
SELECT i.id, i.programme_id, p.number, CASE WHEN i.owner_id = $1 THEN 1 ELSE 0 END AS mine
  FROM indicator i
  JOIN programme p ON p.id = i.programme_id
 WHERE EXISTS (SELECT 1 FROM role_grant g
                WHERE g.user_id = $1
                  AND (g.scope = 'organisation' OR g.programme_id = p.id))
 ORDER BY p.number, i.id

-- name: home_risks
-- does: open risks by programme and rating; levels are found by the grid of the pack
-- in:   user_id id, today text
-- out:  programme_id id, likelihood text?, impact text?, n int, overdue int
SELECT r.programme_id, r.likelihood, r.impact, COUNT(*) AS n,
       SUM(CASE WHEN r.review_on < $2 THEN 1 ELSE 0 END) AS overdue
  FROM risk r
 WHERE r.state = 'open'
   AND EXISTS (SELECT 1 FROM role_grant g
                WHERE g.user_id = $1
                  AND (g.scope = 'organisation' OR g.programme_id = r.programme_id))
 GROUP BY r.programme_id, r.likelihood, r.impact
 ORDER BY r.programme_id, r.likelihood, r.impact

-- name: home_changes
-- does: newest changes in programmes the person may read; parts and answers are told by their whole. Of a bundle fields
-- says what it holds, and made may be the bundle that made the record
-- in:   user_id id, most int
-- out:  kind text, record_id id, op text, fields text, actor text, actor_name text?, wall text, number text, programme_id id, made text?
SELECT c.kind, c.record_id, c.op, CASE WHEN c.kind = 'bundle' THEN c.base ELSE c.fields END AS fields,
       c.actor, u.name AS actor_name, c.wall, p.number, p.id AS programme_id,
       CASE WHEN c.op = 'create' THEN NULL ELSE
       COALESCE((SELECT m.fields FROM change m
                  WHERE m.record_id = c.record_id AND m.kind = c.kind AND m.op = 'create'
                  ORDER BY m.logical LIMIT 1),
                (SELECT b.fields FROM change b
                  WHERE b.kind = 'bundle' AND b.record_id <= c.record_id
                  ORDER BY b.record_id DESC LIMIT 1)) END AS made
  FROM change c
  JOIN programme p ON p.id = c.compartment
  LEFT JOIN "user" u ON u.id = c.actor
 WHERE c.op <> 'event' AND c.kind NOT IN ('answer', 'observation_part', 'role_grant')
   AND EXISTS (SELECT 1 FROM role_grant g
                WHERE g.user_id = $1
                  AND (g.scope = 'organisation' OR g.programme_id = c.compartment))
 ORDER BY c.logical DESC, c.node DESC
 LIMIT $2

-- name: home_cycle_rounds
-- does: the newest round of every tool about a programme, with the rows answered in it
-- in:   programme_id id
-- out:  tool text, state text, assigned_id id?, changed_at text, answered int, touched text?
SELECT a.tool, a.state, a.assigned_id, a.changed_at,
       (SELECT COUNT(DISTINCT w.row) FROM answer w WHERE w.assessment_id = a.id) AS answered,
       (SELECT MAX(w.changed_at) FROM answer w WHERE w.assessment_id = a.id) AS touched
  FROM assessment a
 WHERE a.programme_id = $1
   AND NOT EXISTS (SELECT 1 FROM assessment b
                    WHERE b.programme_id = a.programme_id AND b.tool = a.tool AND b.id > a.id)
 ORDER BY a.tool

-- name: home_cycle_records
-- does: records of a programme by the row or tool they come from: risks, indicators, talks, cases, publications
-- in:   programme_id id
-- out:  what text, row text?, n int, touched text
SELECT 'risk' AS what, row, COUNT(*) AS n, MAX(changed_at) AS touched
  FROM risk WHERE programme_id = $1 AND row IS NOT NULL GROUP BY row
UNION ALL
SELECT 'indicator' AS what, row, COUNT(*) AS n, MAX(changed_at) AS touched
  FROM indicator WHERE programme_id = $1 AND row IS NOT NULL GROUP BY row
UNION ALL
SELECT 'advocacy_use' AS what, row, COUNT(*) AS n, MAX(changed_at) AS touched
  FROM advocacy_use WHERE programme_id = $1 GROUP BY row
UNION ALL
SELECT 'due_diligence' AS what, tool AS row, COUNT(*) AS n, MAX(changed_at) AS touched
  FROM due_diligence WHERE programme_id = $1 GROUP BY tool
UNION ALL
SELECT 'publication' AS what, a.tool AS row, COUNT(DISTINCT p.id) AS n, MAX(p.changed_at) AS touched
  FROM publication p LEFT JOIN assessment a ON a.publication_id = p.id
 WHERE p.programme_id = $1 GROUP BY a.tool
 ORDER BY 1, 2 NULLS FIRST

-- name: home_cycle_last
-- does: who changed last what home_cycle_rounds and home_cycle_records count, and the tools and treaties of countries: " KE NA "
-- in:   programme_id id, countries text
-- out:  what text, row text?, country text?, actor text, actor_name text?, logical int
WITH round AS (SELECT id, tool, country FROM assessment
                WHERE programme_id = $1 OR $2 LIKE '% ' || country || ' %')
SELECT x.what, x.row, x.country, x.actor, u.name AS actor_name, x.logical
  FROM (SELECT l.what, l.row, l.country, c.actor, c.logical,
               ROW_NUMBER() OVER (PARTITION BY l.what, l.row, l.country
                                  ORDER BY c.logical DESC, c.node DESC) AS place
          FROM (SELECT 'round' AS what, 'assessment' AS kind, id, tool AS row, country FROM round
                UNION ALL
                SELECT 'round' AS what, 'answer' AS kind, w.id, a.tool AS row, a.country
                  FROM round a JOIN answer w ON w.assessment_id = a.id
                UNION ALL
                SELECT 'obligation' AS what, 'obligation' AS kind, id, instrument AS row, country
                  FROM obligation WHERE $2 LIKE '% ' || country || ' %'
                UNION ALL
                SELECT 'risk' AS what, 'risk' AS kind, id, row, NULL AS country
                  FROM risk WHERE programme_id = $1 AND row IS NOT NULL
                UNION ALL
                SELECT 'indicator' AS what, 'indicator' AS kind, id, row, NULL AS country
                  FROM indicator WHERE programme_id = $1 AND row IS NOT NULL
                UNION ALL
                SELECT 'advocacy_use' AS what, 'advocacy_use' AS kind, id, row, NULL AS country
                  FROM advocacy_use WHERE programme_id = $1
                UNION ALL
                SELECT 'due_diligence' AS what, 'due_diligence' AS kind, id, tool AS row, NULL AS country
                  FROM due_diligence WHERE programme_id = $1
                UNION ALL
                SELECT 'publication' AS what, 'publication' AS kind, p.id, a.tool AS row, NULL AS country
                  FROM publication p LEFT JOIN assessment a ON a.publication_id = p.id
                 WHERE p.programme_id = $1
                UNION ALL
                SELECT 'publication' AS what, 'answer' AS kind, w.id, a.tool AS row, NULL AS country
                  FROM publication p JOIN assessment a ON a.publication_id = p.id
                  JOIN answer w ON w.assessment_id = a.id
                 WHERE p.programme_id = $1) l
          JOIN change c ON c.kind = l.kind AND c.record_id = l.id) x
  LEFT JOIN "user" u ON u.id = x.actor
 WHERE x.place = 1
