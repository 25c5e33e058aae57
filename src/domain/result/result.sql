-- Statements of indicators beyond reading and saving single records.
--
-- Those of one programme, or of all, ask for a range of programme_id: "equal, or none asked for" would keep the
-- index from being used and read the values of all programmes for the page of one. Every id lies between '' and 'z'.

-- name: result_targets
-- does: targets of the indicators of a programme (NULL: of all), or of one of them, oldest first
-- in:   programme_id id?, indicator_id id?
-- out:  id id, version text, changed_at text, indicator_id id, due_on text, value text, reason text?, replaced int?
SELECT t.id, t.version, t.changed_at, t.indicator_id, t.due_on, t.value, t.reason, t.replaced
  FROM target t JOIN indicator i ON i.id = t.indicator_id
 WHERE i.programme_id BETWEEN COALESCE(CAST($1 AS TEXT), '') AND COALESCE(CAST($1 AS TEXT), 'z')
   AND (CAST($2 AS TEXT) IS NULL OR i.id = $2)
 ORDER BY t.indicator_id, t.due_on, COALESCE(t.replaced, 0) DESC, t.id

-- name: result_values
-- does: values of the indicators of a programme (NULL: of all), or of one of them, in the order of their periods
-- in:   programme_id id?, indicator_id id?
-- out:  id id, version text, changed_at text, indicator_id id, period_from text, period_to text, country text?, value text?, numerator text?, denominator text?, answer text?, source text?, note text?, state text, return_reason text?
SELECT o.id, o.version, o.changed_at, o.indicator_id, o.period_from, o.period_to, o.country,
       o.value, o.numerator, o.denominator, o.answer, o.source, o.note, o.state, o.return_reason
  FROM observation o JOIN indicator i ON i.id = o.indicator_id
 WHERE i.programme_id BETWEEN COALESCE(CAST($1 AS TEXT), '') AND COALESCE(CAST($1 AS TEXT), 'z')
   AND (CAST($2 AS TEXT) IS NULL OR i.id = $2)
 ORDER BY o.indicator_id, o.period_to, o.period_from, COALESCE(o.country, ''), o.id

-- name: result_value_figures
-- does: the figures of the values of the indicators of a programme (NULL: of all), in the order of their periods
-- in:   programme_id id?
-- out:  id id, indicator_id id, period_from text, period_to text, country text?, value text?, numerator text?, denominator text?, answer text?, state text
SELECT o.id, o.indicator_id, o.period_from, o.period_to, o.country, o.value, o.numerator, o.denominator,
       o.answer, o.state
  FROM observation o JOIN indicator i ON i.id = o.indicator_id
 WHERE i.programme_id BETWEEN COALESCE(CAST($1 AS TEXT), '') AND COALESCE(CAST($1 AS TEXT), 'z')
 ORDER BY o.indicator_id, o.period_to, o.period_from, COALESCE(o.country, ''), o.id

-- name: result_parts
-- does: parts of the values of the indicators of a programme (NULL: of all), or of one of them
-- in:   programme_id id?, indicator_id id?
-- out:  observation_id id, indicator_id id, split text, value text?, numerator text?, denominator text?
SELECT p.observation_id, o.indicator_id, p.split, p.value, p.numerator, p.denominator
  FROM observation_part p
  JOIN observation o ON o.id = p.observation_id
  JOIN indicator i ON i.id = o.indicator_id
 WHERE i.programme_id BETWEEN COALESCE(CAST($1 AS TEXT), '') AND COALESCE(CAST($1 AS TEXT), 'z')
   AND (CAST($2 AS TEXT) IS NULL OR i.id = $2)
 ORDER BY p.observation_id, p.id

-- name: result_screenings
-- does: answers of the newest screening of each indicator of a programme (NULL: of all), without the reasons
-- in:   programme_id id?
-- out:  id id, indicator_id id, screened_on text, rights_r text, rights_i text, rights_g text, rights_h text, rights_t text, rights_s text, smart_s text, smart_m text, smart_a text, smart_r text, smart_t text
SELECT s.id, s.indicator_id, s.screened_on, s.rights_r, s.rights_i, s.rights_g, s.rights_h,
       s.rights_t, s.rights_s, s.smart_s, s.smart_m, s.smart_a, s.smart_r, s.smart_t
  FROM indicator_screening s JOIN indicator i ON i.id = s.indicator_id
 WHERE i.programme_id BETWEEN COALESCE(CAST($1 AS TEXT), '') AND COALESCE(CAST($1 AS TEXT), 'z')
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
SELECT id FROM observation
 WHERE indicator_id = $2 AND period_from = $3 AND period_to = $4 AND COALESCE(country, '') = $5
   AND id <> $1
 LIMIT 1

-- name: result_countries_of
-- does: countries of the programme of an indicator
-- in:   indicator_id id
-- out:  countries text?
SELECT p.countries FROM indicator i JOIN programme p ON p.id = i.programme_id WHERE i.id = $1
