ALTER TABLE thing ADD COLUMN data @bytes -- C3: content
;
ALTER TABLE thing RENAME COLUMN title TO name;
ALTER TABLE thing DROP COLUMN parent_id;
ALTER TABLE thing RENAME TO object;
DROP TABLE going;
-- postgres:
ALTER TABLE object ADD COLUMN other @text; -- C0: not seen
-- both:
