-- Finding: which documents, then their texts. The id of a document says on which shelf of the library it stands
-- (core/store/search.h), so that nothing but the index is looked at until the best are known.

-- name: search_found
-- does: all of the library that fits between two ids, and the best records that may be read; of scores less is better
-- in:   query text, from_id int, to_id int, first_record int, everything int, readable text, kind text?, most_records int
-- out:  id int, score real, kind text?, scope text?
SELECT rowid AS id, CAST(rank AS REAL) AS score, NULL AS kind, NULL AS scope
  FROM search_index
 WHERE search_index MATCH $1 AND rowid >= $2 AND rowid < $3
 UNION ALL
SELECT r.id, r.score, r.kind, r.scope
  FROM (SELECT d.id, CAST(i.rank AS REAL) AS score, d.kind, d.scope
          FROM search_index i JOIN search_doc d ON d.id = i.rowid
         WHERE search_index MATCH $1 AND i.rowid >= $4
           AND ($5 = 1 OR $6 LIKE '% ' || d.scope || ' %')
           AND (CAST($7 AS TEXT) IS NULL OR d.kind = $7)
         ORDER BY i.rank LIMIT $8) r
-- postgres:
SELECT rowid AS id, CAST(- ts_rank(tokens, q) AS double precision) AS score, CAST(NULL AS TEXT) AS kind,
       CAST(NULL AS TEXT) AS scope
  FROM to_tsquery('simple', $1) q, search_index
 WHERE tokens @@ q AND rowid >= $2 AND rowid < $3
 UNION ALL
SELECT r.id, r.score, r.kind, r.scope
  FROM (SELECT d.id, CAST(- ts_rank(i.tokens, q) AS double precision) AS score, d.kind, d.scope
          FROM to_tsquery('simple', $1) q, search_index i JOIN search_doc d ON d.id = i.rowid
         WHERE i.tokens @@ q AND i.rowid >= $4
           AND ($5 = 1 OR $6 LIKE '% ' || d.scope || ' %')
           AND (CAST($7 AS TEXT) IS NULL OR d.kind = $7)
         ORDER BY 2, 1 LIMIT $8) r

-- name: search_texts
-- does: texts of up to eight documents
-- in:   a int, b int, c int, d int, e int, f int, g int, h int
-- out:  id int, kind text, key text, source text, number text?, title text, body text
SELECT d.id, d.kind, d.key, d.source, p.number, d.title, d.body
  FROM search_doc d LEFT JOIN programme p ON p.id = d.scope
 WHERE d.id IN ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: search_releases_moved
-- does: a release that was published and is not in the index, or is in it and published no longer
-- in:   source text
-- out:  code text
SELECT r.code AS code
  FROM "release" r LEFT JOIN search_doc d ON d.source = $1 AND d.key = r.code
 WHERE r.state = 'published' AND d.id IS NULL
 UNION ALL
SELECT d.key AS code
  FROM search_doc d LEFT JOIN "release" r ON r.code = d.key AND r.state = 'published'
 WHERE d.source = $1 AND r.id IS NULL
 LIMIT 1

-- name: search_releases
-- does: what all who sign in may read of the releases that were published
-- out:  code text, title text, split_by text, counted text, counted_of text
SELECT code, title, COALESCE(split_by, '') AS split_by, COALESCE(counted, '') AS counted,
       COALESCE(counted_of, '') AS counted_of
  FROM "release" WHERE state = 'published'
