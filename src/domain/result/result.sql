-- Statements of indicators beyond reading and saving single records.

-- Which indicators: those of a programme, or one, or with neither all. Not as one condition with OR: then the
-- planner walks through every value there is.

-- name: result_targets
-- does: targets of the indicators of a programme, or of one indicator, or of all, oldest first
-- in:   programme_id id?, indicator_id id?
-- out:  id id, version text, changed_at text, indicator_id id, due_on text, value text, reason text?, replaced int?
SELECT t.id, t.version, t.changed_at, t.indicator_id, t.due_on, t.value, t.reason, t.replaced
  FROM target t
 WHERE t.indicator_id IN (SELECT id FROM indicator WHERE programme_id = $1
                           UNION ALL SELECT id FROM indicator WHERE id = $2
                           UNION ALL SELECT id FROM indicator
                                      WHERE CAST($1 AS TEXT) IS NULL AND CAST($2 AS TEXT) IS NULL)
 ORDER BY t.indicator_id, t.due_on, COALESCE(t.replaced, 0) DESC, t.id

-- name: result_values
-- does: values of the indicators of a programme, or of one indicator, or of all, or of the programmes in " id id ", for one period or all; by indicator, in the order of their periods, with one row for each part as they were entered
-- in:   programme_id id?, indicator_id id?, programmes text?, period_from text?, period_to text?
-- out:  id id, version text, changed_at text, indicator_id id, period_from text, period_to text, country text?, value text?, numerator text?, denominator text?, answer text?, source text?, note text?, state text, return_reason text?, split text?, part_value text?, part_numerator text?, part_denominator text?
SELECT o.id, o.version, o.changed_at, o.indicator_id, o.period_from, o.period_to, o.country,
       o.value, o.numerator, o.denominator, o.answer, o.source, o.note, o.state, o.return_reason,
       p.split, p.value, p.numerator, p.denominator
  FROM observation o LEFT JOIN observation_part p ON p.observation_id = o.id
 WHERE o.indicator_id IN (SELECT id FROM indicator WHERE programme_id = $1
                           UNION ALL SELECT id FROM indicator WHERE id = $2
                           UNION ALL SELECT id FROM indicator
                                      WHERE CAST($1 AS TEXT) IS NULL AND CAST($2 AS TEXT) IS NULL
                                        AND COALESCE($3, ' ' || programme_id || ' ') LIKE '% ' || programme_id || ' %')
   AND o.period_from BETWEEN COALESCE(CAST($4 AS TEXT), '') AND COALESCE(CAST($4 AS TEXT), 'z') -- all days do
   AND o.period_to BETWEEN COALESCE(CAST($5 AS TEXT), '') AND COALESCE(CAST($5 AS TEXT), 'z')
 ORDER BY o.indicator_id, o.period_to, o.period_from, COALESCE(o.country, ''), o.id, p.id

-- name: result_spans
-- does: periods for which the indicators of a programme have values, the newest first
-- in:   programme_id id, most int
-- out:  period_from text, period_to text
SELECT DISTINCT period_from, period_to
  FROM observation
 WHERE indicator_id IN (SELECT id FROM indicator WHERE programme_id = $1)
 ORDER BY period_to DESC, period_from DESC
 LIMIT $2

-- name: result_screenings
-- does: answers of the newest screening of each indicator of a programme (NULL: of all), without the reasons
-- in:   programme_id id?
-- out:  id id, indicator_id id, screened_on text, rights_r text, rights_i text, rights_g text, rights_h text, rights_t text, rights_s text, smart_s text, smart_m text, smart_a text, smart_r text, smart_t text
SELECT s.id, s.indicator_id, s.screened_on, s.rights_r, s.rights_i, s.rights_g, s.rights_h,
       s.rights_t, s.rights_s, s.smart_s, s.smart_m, s.smart_a, s.smart_r, s.smart_t
  FROM indicator_screening s JOIN indicator i ON i.id = s.indicator_id
 WHERE i.programme_id BETWEEN COALESCE(CAST($1 AS TEXT), '') AND COALESCE(CAST($1 AS TEXT), 'z') -- all ids do
   AND NOT EXISTS (SELECT 1 FROM indicator_screening t
                    WHERE t.indicator_id = s.indicator_id
                      AND (t.screened_on > s.screened_on OR
                           (t.screened_on = s.screened_on AND t.id > s.id)))
 ORDER BY s.indicator_id

-- name: result_adoptions
-- does: for each programme the rows of the library that its indicators were adopted from
-- in:   state text
-- out:  row text, programme_id id, indicators int
SELECT row, programme_id, COUNT(*)
  FROM indicator
 WHERE row IS NOT NULL AND state = $1
 GROUP BY row, programme_id
 ORDER BY row, programme_id

-- name: result_same_value
-- does: another value of an indicator for the same period and country
-- in:   id id, indicator_id id, period_from text, period_to text, country text
-- out:  id id
-- one:  yes
SELECT id FROM observation
 WHERE indicator_id = $2 AND period_from = $3 AND period_to = $4 AND COALESCE(country, '') = $5
   AND id <> $1
 LIMIT 1

-- name: result_taken_places
-- does: periods and countries of the values of an indicator, as many as asked
-- in:   indicator_id id, most int
-- out:  period_from text, period_to text, country text?
SELECT period_from, period_to, country FROM observation WHERE indicator_id = $1 LIMIT $2

-- name: result_unit_of
-- does: the unit of the indicator of a value
-- in:   observation_id id
-- out:  unit text
-- one:  yes
SELECT i.unit FROM observation o JOIN indicator i ON i.id = o.indicator_id WHERE o.id = $1

-- name: result_frame_of
-- does: what a value is saved into: unit of its indicator, countries of the programme
-- in:   indicator_id id
-- out:  unit text, countries text?
-- one:  yes
SELECT i.unit, p.countries FROM indicator i JOIN programme p ON p.id = i.programme_id WHERE i.id = $1

-- name: result_waiting
-- does: how many values of each indicator wait in each state; sorted when few are left
-- out:  indicator_id id, state text, n int
SELECT x.indicator_id, x.state, x.n
  FROM (SELECT state, indicator_id, COUNT(*) AS n FROM observation
         WHERE state IN ('returned', 'entered', 'verified') GROUP BY state, indicator_id) x
 ORDER BY x.indicator_id, x.state
