-- Statements about access tokens of the API.

-- name: access_token_person
-- does: the person of an access token who may sign in, once for each role given to them
-- in:   token_hash text, now text
-- out:  read_only int, used_at text?, user_id id, name_key text, name text, language text?, role text?, scope text?, programme_id id?
SELECT t.read_only, t.used_at, u.id AS user_id, u.name_key, u.name, u.language, g.role, g.scope,
       g.programme_id
  FROM access_token t
  JOIN "user" u ON u.id = t.user_id AND u.active = 1
  LEFT JOIN role_grant g ON g.user_id = u.id
 WHERE t.token_hash = $1 AND t.expires_at > $2

-- name: access_token_add
-- does: keeps a new access token
-- in:   token_hash text, user_id id, name text, read_only int, created_at text, expires_at text
INSERT INTO access_token (token_hash, user_id, name, read_only, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: access_token_touch
-- does: notes that an access token was used
-- in:   token_hash text, now text
UPDATE access_token SET used_at = $2 WHERE token_hash = $1

-- name: access_token_list
-- does: the access tokens of a person, by name
-- in:   user_id id
-- out:  name text, read_only int, created_at text, expires_at text, used_at text?
SELECT name, read_only, created_at, expires_at, used_at
  FROM access_token WHERE user_id = $1 ORDER BY name

-- name: access_token_end
-- does: takes an access token back
-- in:   user_id id, name text
DELETE FROM access_token WHERE user_id = $1 AND name = $2

-- name: access_token_sweep
-- does: removes access tokens that ended, or whose person is gone
-- in:   now text
DELETE FROM access_token WHERE expires_at <= $1 OR user_id NOT IN (SELECT id FROM "user")
