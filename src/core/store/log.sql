-- Statements of the change log. Records themselves are read and written by statements made from
-- their description (sql.c), since every kind has the same five.

-- name: log_head_lock
-- does: takes the lock of a chain and tells its newest change; makes the chain when there is none
-- in:   compartment id, node id
-- out:  seq int, hash text, logical int
INSERT INTO chain (compartment, node, seq, hash, logical) VALUES ($1, $2, 0, '', 0)
ON CONFLICT (compartment, node) DO UPDATE SET seq = chain.seq
RETURNING seq, hash, logical

-- name: log_head_set
-- does: notes the newest change of a chain
-- in:   compartment id, node id, seq int, hash text, logical int
UPDATE chain SET seq = $3, hash = $4, logical = $5 WHERE compartment = $1 AND node = $2

-- name: log_append
-- does: appends one change
-- later: yes
-- in:   compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
INSERT INTO change (compartment, node, seq, format, previous, hash, kind, record_id, op, base,
                    fields, actor, reason, logical, wall, signature)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: log_sign
-- does: signs a change
-- in:   compartment id, node id, seq int, signature text
UPDATE change SET signature = $4 WHERE compartment = $1 AND node = $2 AND seq = $3

-- name: log_newest_time
-- does: logical time of the newest change of a node
-- in:   node id
-- out:  logical int
-- one:  yes
SELECT COALESCE(MAX(logical), 0) FROM chain WHERE node = $1

-- name: log_of_record
-- does: changes of one record, newest first
-- in:   kind text, record_id id, most int
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change WHERE kind = $1 AND record_id = $2 ORDER BY logical DESC, node DESC LIMIT $3

-- name: log_recent
-- does: newest changes of everything
-- in:   most int
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change ORDER BY logical DESC, node DESC LIMIT $1

-- name: log_recent_in
-- does: newest changes in one compartment
-- in:   compartment id, most int
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change WHERE compartment = $1 ORDER BY logical DESC, node DESC LIMIT $2

-- name: log_by_name
-- does: the change with a hash that has a row of its own. Looked for from the newest on: what is undone was nearly always just done, and an index
-- over hashes would cost every save
-- in:   hash text
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
-- one:  yes
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change WHERE hash = $1 AND kind <> 'bundle' ORDER BY logical DESC LIMIT 1

-- name: log_of_kind
-- does: changes of all records of a kind up to a moment, record by record, oldest first
-- in:   kind text, until int
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change WHERE kind = $1 AND logical < $2 ORDER BY record_id, logical, node

-- name: log_bundles_of_kind
-- does: rows with many changes, some of them of records of a kind, up to a moment, in order of their first ids
-- in:   kind text, until int
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change
 WHERE kind = 'bundle' AND ' ' || base LIKE '% ' || $1 || ' %' AND logical < $2 ORDER BY record_id, logical, node

-- name: log_bundle_before
-- does: the row with many changes that holds the change that made a record, as ids are made in order
-- in:   record_id id
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change WHERE kind = 'bundle' AND record_id <= $1 ORDER BY record_id DESC LIMIT 1

-- name: log_bundle_time
-- does: when that row was written
-- in:   record_id id
-- out:  logical int
SELECT logical FROM change WHERE kind = 'bundle' AND record_id <= $1 ORDER BY record_id DESC LIMIT 1

-- name: log_count_after
-- does: how many changes of a record with rows of their own came after a moment
-- in:   kind text, record_id id, logical int
-- out:  n int
-- one:  yes
SELECT COUNT(*) FROM change WHERE kind = $1 AND record_id = $2 AND logical > $3

-- name: log_bundle_with
-- does: the newest row with many changes that holds a text, an id or a hash; reads all of them
-- in:   text text
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change WHERE kind = 'bundle' AND fields LIKE '%' || $1 || '%' ORDER BY record_id DESC LIMIT 1

-- name: log_all
-- does: all changes, chain by chain, in order of their numbers
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change ORDER BY compartment, node, seq

-- name: log_heads
-- does: all chains
-- out:  compartment id, node id, seq int, hash text, logical int
SELECT compartment, node, seq, hash, logical FROM chain ORDER BY compartment, node

-- name: log_node
-- does: public key of a node
-- in:   id id
-- out:  public_key text
-- one:  yes
SELECT public_key FROM node WHERE id = $1

-- name: log_node_add
-- does: makes a node known
-- in:   id id, public_key text, joined_at text
INSERT INTO node (id, public_key, joined_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING

-- name: log_mark
-- does: how far the log is, in three numbers
-- out:  n int, seqs int, newest int
-- one:  yes
SELECT COUNT(*), CAST(COALESCE(SUM(seq), 0) AS BIGINT), COALESCE(MAX(logical), 0) FROM chain

-- name: log_count_of_kind
-- does: how many changes the records of a kind have had, of which imports do not make very many
-- in:   kind text
-- out:  n int
-- one:  yes
SELECT COUNT(*) FROM change WHERE kind = $1

-- name: log_hash_at
-- does: hash of a change of a chain
-- in:   compartment id, node id, seq int
-- out:  hash text
-- one:  yes
SELECT hash FROM change WHERE compartment = $1 AND node = $2 AND seq = $3

-- name: log_after
-- does: changes of a chain after a number, in order of their numbers
-- in:   compartment id, node id, seq int
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text
SELECT compartment, node, seq, format, previous, hash, kind, record_id, op, base, fields, actor,
       reason, logical, wall, signature
  FROM change WHERE compartment = $1 AND node = $2 AND seq > $3 ORDER BY seq
