-- Statements of programmes beyond reading and saving single records.

-- name: programme_people
-- does: people with their names; may is 1 for those who can be given work in this programme
-- in:   programme_id id?
-- out:  id id, name text, may int
SELECT u.id, u.name,
       CASE WHEN u.active = 1
             AND EXISTS (SELECT 1 FROM role_grant g
                          WHERE g.user_id = u.id
                            AND (g.programme_id IS NULL OR g.programme_id = $1))
            THEN 1 ELSE 0 END AS may
  FROM "user" u
 ORDER BY u.name, u.id

-- name: programme_page
-- does: a page of programmes by number, each with the number of all that fit; narrowed is 0 when nothing was asked for
-- in:   readable text?, search text?, country text?, has_country text?, crime text?, state text?, area text?, narrowed int, most int, skip int
-- out:  id id, number text, title text, crime text, state text, starts_on text, ends_on text, countries text?, currency text, approved_total int?, total int
SELECT p.id, p.number, p.title, p.crime, p.state, p.starts_on, p.ends_on, p.countries, p.currency,
       p.approved_total_minor,
       CASE WHEN $8 = 0 THEN (SELECT COUNT(*) FROM programme)
            ELSE (SELECT COUNT(*) FROM programme c
                   WHERE (CAST($1 AS TEXT) IS NULL OR $1 LIKE '% ' || c.id || ' %')
                     AND (CAST($2 AS TEXT) IS NULL OR LOWER(c.number) LIKE $2 ESCAPE '\'
                          OR LOWER(c.title) LIKE $2 ESCAPE '\' OR c.countries LIKE $3)
                     AND (CAST($4 AS TEXT) IS NULL OR c.countries LIKE $4)
                     AND (CAST($5 AS TEXT) IS NULL OR c.crime = $5)
                     AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
                     AND (CAST($7 AS TEXT) IS NULL OR c.areas LIKE $7))
       END AS total
  FROM programme p
 WHERE (CAST($1 AS TEXT) IS NULL OR $1 LIKE '% ' || p.id || ' %')
   AND (CAST($2 AS TEXT) IS NULL OR LOWER(p.number) LIKE $2 ESCAPE '\'
        OR LOWER(p.title) LIKE $2 ESCAPE '\' OR p.countries LIKE $3)
   AND (CAST($4 AS TEXT) IS NULL OR p.countries LIKE $4)
   AND (CAST($5 AS TEXT) IS NULL OR p.crime = $5)
   AND (CAST($6 AS TEXT) IS NULL OR p.state = $6)
   AND (CAST($7 AS TEXT) IS NULL OR p.areas LIKE $7)
 ORDER BY p.number
 LIMIT $9 OFFSET $10

-- name: programme_page_sorted
-- does: the same in another order: by a text or a number column, down when down is 1
-- in:   readable text?, search text?, country text?, has_country text?, crime text?, state text?, area text?, sort text, down int, most int, skip int
-- out:  id id, number text, title text, crime text, state text, starts_on text, ends_on text, countries text?, currency text, approved_total int?, total int
SELECT f.id, f.number, f.title, f.crime, f.state, f.starts_on, f.ends_on, f.countries, f.currency,
       f.approved_total_minor, f.total
  FROM (SELECT p.id, p.number, p.title, p.crime, p.state, p.starts_on, p.ends_on, p.countries,
               p.currency, p.approved_total_minor, COUNT(*) OVER () AS total,
               CASE $8 WHEN 'number' THEN p.number WHEN 'title' THEN LOWER(p.title)
                       WHEN 'crime' THEN p.crime WHEN 'state' THEN p.state
                       WHEN 'starts_on' THEN p.starts_on WHEN 'ends_on' THEN p.ends_on
               END AS by_text,
               CASE $8 WHEN 'approved_total' THEN p.approved_total_minor END AS by_number
          FROM programme p
         WHERE (CAST($1 AS TEXT) IS NULL OR $1 LIKE '% ' || p.id || ' %')
           AND (CAST($2 AS TEXT) IS NULL OR LOWER(p.number) LIKE $2 ESCAPE '\'
                OR LOWER(p.title) LIKE $2 ESCAPE '\' OR p.countries LIKE $3)
           AND (CAST($4 AS TEXT) IS NULL OR p.countries LIKE $4)
           AND (CAST($5 AS TEXT) IS NULL OR p.crime = $5)
           AND (CAST($6 AS TEXT) IS NULL OR p.state = $6)
           AND (CAST($7 AS TEXT) IS NULL OR p.areas LIKE $7)) f
 ORDER BY CASE WHEN $9 = 0 THEN f.by_text END ASC NULLS LAST,
          CASE WHEN $9 = 1 THEN f.by_text END DESC NULLS LAST,
          CASE WHEN $9 = 0 THEN f.by_number END ASC NULLS LAST,
          CASE WHEN $9 = 1 THEN f.by_number END DESC NULLS LAST,
          f.number
 LIMIT $10 OFFSET $11

-- name: programme_donors
-- does: donors of a programme by name, with what they pledged; amount is NULL where none of their pledges has one
-- in:   programme_id id
-- out:  id id, name text, amount int?
SELECT d.id, d.name, CAST(SUM(p.amount_minor) AS BIGINT) AS amount
  FROM pledge p JOIN donor d ON d.id = p.donor_id
 WHERE p.programme_id = $1
 GROUP BY d.id, d.name
 ORDER BY d.name, d.id

-- name: programme_assessments
-- does: tools that were begun in a programme, oldest first, with the number of answers
-- in:   programme_id id
-- out:  id id, tool text, pack text, title text?, state text, changed_at text, answers int
SELECT a.id, a.tool, a.pack, a.title, a.state, a.changed_at,
       (SELECT COUNT(*) FROM answer w WHERE w.assessment_id = a.id) AS answers
  FROM assessment a
 WHERE a.programme_id = $1
 ORDER BY a.tool, a.id

-- name: programme_documents
-- does: evidence of a programme, newest first, with a word or two of the record it supports
-- in:   programme_id id, search text?, most int, skip int
-- out:  id id, about_kind text, about_id text, title text, link text?, file_hash text?, file_name text?, file_size int?, media_type text?, note text?, changed_at text, about text?, total int
SELECT e.id, e.about_kind, e.about_id, e.title, e.link, e.file_hash, e.file_name, e.file_size,
       e.media_type, e.note, e.changed_at,
       COALESCE(r.statement, w.row, i.title, oi.title, a.tool, s.statement) AS about,
       COUNT(*) OVER () AS total
  FROM evidence e
  LEFT JOIN risk r ON e.about_kind = 'risk' AND r.id = e.about_id
  LEFT JOIN answer w ON e.about_kind = 'answer' AND w.id = e.about_id
  LEFT JOIN indicator i ON e.about_kind = 'indicator' AND i.id = e.about_id
  LEFT JOIN observation o ON e.about_kind = 'observation' AND o.id = e.about_id
  LEFT JOIN indicator oi ON oi.id = o.indicator_id
  LEFT JOIN assessment a ON e.about_kind = 'assessment' AND a.id = e.about_id
  LEFT JOIN result s ON e.about_kind = 'result' AND s.id = e.about_id
 WHERE e.programme_id = $1
   AND (CAST($2 AS TEXT) IS NULL OR LOWER(e.title) LIKE $2 ESCAPE '\'
        OR LOWER(e.note) LIKE $2 ESCAPE '\')
 ORDER BY e.id DESC
 LIMIT $3 OFFSET $4

-- name: programme_actions
-- does: actions of a programme: open ones first, by their date, then the newest of the others; late counts the open ones past today
-- in:   programme_id id, state text?, owner_id id?, today text, most int, skip int
-- out:  id id, about_kind text, about_id text, what text, owner_id id?, owner text?, due_on text?, state text, done_on text?, about text?, total int, late int
SELECT x.id, x.about_kind, x.about_id, x.what, x.owner_id, u.name AS owner, x.due_on, x.state,
       x.done_on, COALESCE(r.statement, w.row, i.title, oi.title, a.tool, s.statement) AS about,
       COUNT(*) OVER () AS total,
       SUM(CASE WHEN x.state = 'open' AND x.due_on < $4 THEN 1 ELSE 0 END) OVER () AS late
  FROM action x
  LEFT JOIN "user" u ON u.id = x.owner_id
  LEFT JOIN risk r ON x.about_kind = 'risk' AND r.id = x.about_id
  LEFT JOIN answer w ON x.about_kind = 'answer' AND w.id = x.about_id
  LEFT JOIN indicator i ON x.about_kind = 'indicator' AND i.id = x.about_id
  LEFT JOIN observation o ON x.about_kind = 'observation' AND o.id = x.about_id
  LEFT JOIN indicator oi ON oi.id = o.indicator_id
  LEFT JOIN assessment a ON x.about_kind = 'assessment' AND a.id = x.about_id
  LEFT JOIN result s ON x.about_kind = 'result' AND s.id = x.about_id
 WHERE x.programme_id = $1
   AND (CAST($2 AS TEXT) IS NULL OR x.state = $2)
   AND (CAST($3 AS TEXT) IS NULL OR x.owner_id = $3)
 ORDER BY CASE x.state WHEN 'open' THEN 0 ELSE 1 END,
          CASE WHEN x.state = 'open' THEN x.due_on END ASC NULLS LAST,
          x.done_on DESC NULLS LAST, x.id
 LIMIT $5 OFFSET $6

-- name: programme_changes
-- does: changes in a programme but of who may do what, newest first; newest is 1 for the last change of its record. Of a
-- bundle fields says what it holds
-- in:   programme_id id, kind text?, most int, skip int
-- out:  hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, wall text, newest int, total int
SELECT c.hash, c.kind, c.record_id, c.op, c.base,
       CASE WHEN c.kind = 'bundle' THEN c.base ELSE c.fields END AS fields, c.actor, c.reason, c.wall,
       CASE WHEN EXISTS (SELECT 1 FROM change n
                          WHERE n.kind = c.kind AND n.record_id = c.record_id AND n.logical > c.logical)
            THEN 0 ELSE 1 END AS newest,
       COUNT(*) OVER () AS total
  FROM change c
 WHERE c.compartment = $1 AND c.kind <> 'role_grant' AND (CAST($2 AS TEXT) IS NULL OR c.kind = $2 OR
        (c.kind = 'bundle' AND ' ' || c.base LIKE '% ' || $2 || ' %'))
 ORDER BY c.logical DESC, c.node DESC
 LIMIT $3 OFFSET $4

-- name: programme_change_kinds
-- does: kinds of records that were changed in a programme, and what its bundles hold
-- in:   programme_id id
-- out:  kind text, holds text
SELECT DISTINCT kind, CASE WHEN kind = 'bundle' THEN base ELSE '' END AS holds
  FROM change WHERE compartment = $1 AND kind <> 'role_grant' ORDER BY kind, holds

-- name: programme_late_actions
-- does: open actions past today, or that nobody has, of one programme or of all
-- in:   programme_id id?, today text
-- out:  id id, programme text?, what text, due_on text?, has_owner int
SELECT x.id, p.number AS programme, x.what, x.due_on,
       CASE WHEN x.owner_id IS NULL THEN 0 ELSE 1 END AS has_owner
  FROM action x LEFT JOIN programme p ON p.id = x.programme_id
 WHERE x.state = 'open' AND (CAST($1 AS TEXT) IS NULL OR x.programme_id = $1)
   AND (x.due_on < $2 OR x.owner_id IS NULL)
 ORDER BY x.due_on ASC NULLS LAST, x.id

-- name: programme_attached_evidence
-- does: evidence of a record, or of all answers of a round, in a programme or of the organisation, oldest first
-- in:   about_kind text, about_id text?, round id?, programme_id id?
-- out:  id id, about_id text, title text, link text?, file_hash text?, file_name text?, file_size int?, note text?
SELECT x.id, x.about_id, x.title, x.link, x.file_hash, x.file_name, x.file_size, x.note
  FROM (SELECT CAST($2 AS TEXT) AS id UNION ALL SELECT id FROM answer WHERE assessment_id = $3) w
  JOIN evidence x ON x.about_id = w.id
 WHERE x.about_kind = $1 AND COALESCE(x.programme_id, '') = COALESCE($4, '')
 ORDER BY x.id

-- name: programme_attached_actions
-- does: actions of a record, or of all answers of a round, in a programme or of the organisation, by date
-- in:   about_kind text, about_id text?, round id?, programme_id id?
-- out:  id id, about_id text, what text, owner_id id?, due_on text?, state text
SELECT x.id, x.about_id, x.what, x.owner_id, x.due_on, x.state
  FROM (SELECT CAST($2 AS TEXT) AS id UNION ALL SELECT id FROM answer WHERE assessment_id = $3) w
  JOIN action x ON x.about_id = w.id
 WHERE x.about_kind = $1 AND COALESCE(x.programme_id, '') = COALESCE($4, '')
 ORDER BY x.due_on NULLS LAST, x.id
