-- Statements of the logframe beyond reading and saving single records.

-- name: logframe_targets
-- does: targets that count of the indicators of a programme
-- in:   programme_id id
-- out:  id id, version text, indicator_id id, due_on text, value text, reason text?
SELECT t.id, t.version, t.indicator_id, t.due_on, t.value, t.reason
  FROM target t JOIN indicator i ON i.id = t.indicator_id
 WHERE i.programme_id = $1 AND COALESCE(t.replaced, 0) = 0
 ORDER BY t.indicator_id, t.due_on, t.id
