-- Statements of obligations beyond reading and saving single records.

-- name: obligation_of_countries
-- does: what was entered about treaties and these countries
-- in:   countries text
-- out:  country text, instrument text, status text, bound_on text?, reservations text?
SELECT o.country, o.instrument, o.status, o.bound_on, o.reservations
  FROM obligation o
 WHERE $1 LIKE '% ' || o.country || ' %'
 ORDER BY o.country, o.instrument, o.id
