-- Finding: one statement for a page of results.

-- name: search_found
-- does: the best of each kind that fit the query and that the person may read, with how many there are of the kind
-- in:   query text, everything int, readable text, kind text?, most int
-- out:  kind text, key text, source text, number text?, title text, body text, total int
SELECT d.kind, d.key, d.source, p.number, d.title, d.body, f.total
  FROM (SELECT s.id, s.score, COUNT(*) OVER (PARTITION BY s.kind) AS total,
               ROW_NUMBER() OVER (PARTITION BY s.kind ORDER BY s.score, s.id) AS place
          FROM (SELECT d.id, d.kind, bm25(search_index, 4.0, 1.0) AS score
                  FROM search_index JOIN search_doc d ON d.id = search_index.rowid
                 WHERE search_index MATCH $1
                   AND ($2 = 1 OR d.scope = '*' OR $3 LIKE '% ' || d.scope || ' %')
                   AND (CAST($4 AS TEXT) IS NULL OR d.kind = $4)) s) f
  JOIN search_doc d ON d.id = f.id
  LEFT JOIN programme p ON p.id = d.scope
 WHERE f.place <= $5
 ORDER BY f.score, f.id
-- postgres:
SELECT d.kind, d.key, d.source, p.number, d.title, d.body, f.total
  FROM (SELECT s.id, s.score, COUNT(*) OVER (PARTITION BY s.kind) AS total,
               ROW_NUMBER() OVER (PARTITION BY s.kind ORDER BY s.score, s.id) AS place
          FROM (SELECT d.id, d.kind,
                       - ts_rank(i.tokens, to_tsquery('simple', $1)) AS score
                  FROM search_index i JOIN search_doc d ON d.id = i.rowid
                 WHERE i.tokens @@ to_tsquery('simple', $1)
                   AND ($2 = 1 OR d.scope = '*' OR $3 LIKE '% ' || d.scope || ' %')
                   AND (CAST($4 AS TEXT) IS NULL OR d.kind = $4)) s) f
  JOIN search_doc d ON d.id = f.id
  LEFT JOIN programme p ON p.id = d.scope
 WHERE f.place <= $5
 ORDER BY f.score, f.id
