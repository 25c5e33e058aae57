-- Statements of money beyond reading and saving single records.

-- name: finance_pledges
-- does: pledges to a programme with their donors, the largest first, unknown amounts last
-- in:   programme_id id
-- out:  id id, donor text, sort text, amount int?, earmark text, note text?
SELECT p.id, d.name AS donor, d.sort, p.amount_minor AS amount, p.earmark, p.note
  FROM pledge p JOIN donor d ON d.id = p.donor_id
 WHERE p.programme_id = $1
 ORDER BY p.amount_minor DESC NULLS LAST, d.name, p.id
