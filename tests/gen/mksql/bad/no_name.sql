-- out: id id
SELECT id FROM a
