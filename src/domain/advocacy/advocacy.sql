-- Statements of arguments beyond reading and saving single records.

-- name: advocacy_uses
-- does: uses of arguments, newest first, of one programme or of all, with concern, programme and stakeholder
-- in:   programme_id id?
-- out:  id id, programme_id id, number text, heading text, row text?, concern_id id?, concern text?, argument_row text?, argument text?, article text?, with_sort text, stakeholder text?, country text, used_on text, result text, what_worked text?, next_time text?, lesson int
SELECT u.id, u.programme_id, p.number, u.heading, u.row, u.concern_id, c.concern, u.argument_row,
       u.argument, u.article, u.with_sort, k.name AS stakeholder, u.country, u.used_on, u.result,
       u.what_worked, u.next_time, u.lesson
  FROM advocacy_use u
  JOIN programme p ON p.id = u.programme_id
  LEFT JOIN advocacy_concern c ON c.id = u.concern_id
  LEFT JOIN stakeholder k ON k.id = u.stakeholder_id
 WHERE (CAST($1 AS TEXT) IS NULL OR u.programme_id = $1)
 ORDER BY u.used_on DESC, u.id DESC
