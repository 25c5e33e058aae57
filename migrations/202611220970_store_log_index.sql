-- The past of a kind is read record by record, oldest change first; so are the changes of one record.
DROP INDEX change_record;
CREATE INDEX change_kind_record ON change (kind, record_id, logical, node);
