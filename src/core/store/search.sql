-- Statements that keep what can be searched; searching itself is src/domain/search/search.sql.

-- name: search_doc_put
-- does: a document that can be found, new or in place of the old one
-- later: yes
-- in:   id int, source text, kind text, key text, scope text, title text, body text
INSERT INTO search_doc (id, source, kind, key, scope, title, body)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, scope = excluded.scope, title = excluded.title,
                               body = excluded.body

-- name: search_index_put
-- does: the tokens of a document that has none; PostgreSQL makes its vector of them by itself
-- later: yes
-- in:   id int, title text, body text
INSERT INTO search_index (rowid, title, body) VALUES ($1, $2, $3)

-- name: search_doc_drop
-- does: a document goes
-- in:   id int
DELETE FROM search_doc WHERE id = $1

-- name: search_index_drop
-- does: the tokens of a document go
-- in:   id int
DELETE FROM search_index WHERE rowid = $1

-- name: search_source_index_drop
-- does: the tokens of all documents of a source go
-- in:   source text
DELETE FROM search_index WHERE rowid IN (SELECT id FROM search_doc WHERE source = $1)

-- name: search_source_docs_drop
-- does: all documents of a source go
-- in:   source text
DELETE FROM search_doc WHERE source = $1

-- name: search_state_set
-- does: what was taken in of a source
-- in:   source text, state text
INSERT INTO search_source (source, state) VALUES ($1, $2)
ON CONFLICT (source) DO UPDATE SET state = excluded.state

-- name: search_state_drop
-- does: a source must be taken in anew
-- in:   source text
DELETE FROM search_source WHERE source = $1

-- name: search_states
-- does: what was taken in of every source
-- out:  source text, state text
SELECT source, state FROM search_source ORDER BY source
