-- Statements about who is here: sessions, passwords, failures to sign in, settings of the workspace.
-- Roles given are read together with the person, so that knowing who somebody is takes one statement.

-- name: access_session_person
-- does: the person of a living session who may sign in, once for each role given to them
-- in:   token_hash text, seen_after text, created_after text
-- out:  seen_at text, user_id id, name_key text, name text, language text?, role text?, scope text?, programme_id id?
SELECT s.seen_at, u.id AS user_id, u.name_key, u.name, u.language, g.role, g.scope, g.programme_id
  FROM session s
  JOIN "user" u ON u.id = s.user_id AND u.active = 1
  LEFT JOIN role_grant g ON g.user_id = u.id
 WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3

-- name: access_person
-- does: a person by id, once for each role given to them
-- in:   id id
-- out:  user_id id, name_key text, name text, language text?, active int?, role text?, scope text?, programme_id id?
SELECT u.id AS user_id, u.name_key, u.name, u.language, u.active, g.role, g.scope, g.programme_id
  FROM "user" u
  LEFT JOIN role_grant g ON g.user_id = u.id
 WHERE u.id = $1

-- name: access_session_add
-- does: begins a session
-- in:   token_hash text, user_id id, now text
INSERT INTO session (token_hash, user_id, created_at, seen_at) VALUES ($1, $2, $3, $3)

-- name: access_session_touch
-- does: notes that a session is alive
-- in:   token_hash text, now text
UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2

-- name: access_session_end
-- does: ends one session
-- in:   token_hash text
DELETE FROM session WHERE token_hash = $1

-- name: access_session_end_of
-- does: ends all sessions of a person
-- in:   user_id id
DELETE FROM session WHERE user_id = $1

-- name: access_session_sweep
-- does: removes sessions that ended by themselves, or whose person is gone
-- in:   seen_before text, created_before text
DELETE FROM session
 WHERE seen_at <= $1 OR created_at <= $2 OR user_id NOT IN (SELECT id FROM "user")

-- name: access_credential_get
-- does: the person with a sign-in name and the hash of their password
-- in:   name_key text
-- out:  user_id id, active int?, language text?, hash text?
-- one:  yes
SELECT u.id AS user_id, u.active, u.language, c.hash
  FROM "user" u
  LEFT JOIN credential c ON c.user_id = u.id
 WHERE u.name_key = $1

-- name: access_credential_set
-- does: sets the hash of a person's password
-- in:   user_id id, hash text, changed_at text
INSERT INTO credential (user_id, hash, changed_at) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at

-- name: access_credential_sweep
-- does: removes passwords whose person is gone
DELETE FROM credential WHERE user_id NOT IN (SELECT id FROM "user")

-- name: access_failure_take
-- does: the count of failures of a name or an address, held until the transaction ends
-- in:   subject text
-- out:  failures int, last_at int
INSERT INTO sign_in_failure (subject, failures, last_at) VALUES ($1, 0, 0)
ON CONFLICT (subject) DO UPDATE SET failures = sign_in_failure.failures
RETURNING failures, last_at

-- name: access_failure_set
-- does: sets the count of failures
-- in:   subject text, failures int, last_at int
UPDATE sign_in_failure SET failures = $2, last_at = $3 WHERE subject = $1

-- name: access_failure_back
-- does: takes one failure back, of an attempt that was none
-- in:   subject text
UPDATE sign_in_failure SET failures = failures - 1 WHERE subject = $1 AND failures > 0

-- name: access_failure_forget
-- does: forgets the failures of a name or an address
-- in:   subject text
DELETE FROM sign_in_failure WHERE subject = $1

-- name: access_failure_sweep
-- does: forgets failures that no longer count
-- in:   last_before int
DELETE FROM sign_in_failure WHERE last_at < $1

-- name: access_setting_get
-- does: a setting of the workspace
-- in:   name text
-- out:  value text
-- one:  yes
SELECT value FROM workspace_setting WHERE name = $1

-- name: access_setting_put
-- does: sets a setting of the workspace
-- in:   name text, value text, changed_at text
INSERT INTO workspace_setting (name, value, changed_at) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at

-- name: access_people_count
-- does: how many people there are, and how many administrators of the organisation may sign in
-- out:  people int, administrators int
-- one:  yes
SELECT (SELECT COUNT(*) FROM "user") AS people,
       (SELECT COUNT(DISTINCT u.id) FROM "user" u
          JOIN role_grant g ON g.user_id = u.id AND g.role = 'administrator'
                           AND g.scope = 'organisation'
         WHERE u.active = 1) AS administrators

-- name: access_people_list
-- does: people by name, once for each role given to them
-- out:  user_id id, name_key text, name text, email text?, active int?, role text?, scope text?, programme_id id?, number text?, grant_id id?, seen_at text?, has_password int
SELECT u.id AS user_id, u.name_key, u.name, u.email, u.active, g.role, g.scope, g.programme_id,
       p.number, g.id AS grant_id,
       (SELECT MAX(s.seen_at) FROM session s WHERE s.user_id = u.id) AS seen_at,
       CASE WHEN c.user_id IS NULL THEN 0 ELSE 1 END AS has_password
  FROM "user" u
  LEFT JOIN role_grant g ON g.user_id = u.id
  LEFT JOIN programme p ON p.id = g.programme_id
  LEFT JOIN credential c ON c.user_id = u.id
 ORDER BY u.name, u.id, g.scope, p.number NULLS FIRST, g.id

-- name: access_roles_of
-- does: the roles given to one person
-- in:   user_id id
-- out:  id id, role text, scope text, programme_id id?, number text?, title text?
SELECT g.id, g.role, g.scope, g.programme_id, p.number, p.title
  FROM role_grant g
  LEFT JOIN programme p ON p.id = g.programme_id
 WHERE g.user_id = $1
 ORDER BY g.scope, p.number NULLS FIRST, g.id

-- name: access_roles_in
-- does: who holds a role in one programme, or in the whole organisation
-- in:   programme_id id
-- out:  id id, user_id id, name text, active int?, role text, scope text
SELECT g.id, u.id AS user_id, u.name, u.active, g.role, g.scope
  FROM role_grant g
  JOIN "user" u ON u.id = g.user_id
 WHERE g.scope = 'organisation' OR g.programme_id = $1
 ORDER BY g.scope DESC, u.name, g.id

-- name: access_log
-- does: changes and events, newest first; an empty text asks for all. Of a bundle fields says what it holds, and made may
-- be the bundle that made the record
-- in:   kind text, actor text, from_day text, before_day text, most int, skip int
-- out:  compartment id, node id, seq int, format int, previous text, hash text, kind text, record_id id, op text, base text, fields text, actor text, reason text, logical int, wall text, signature text, actor_name text?, made text?, about_name text?, number text?
SELECT c.compartment, c.node, c.seq, c.format, c.previous, c.hash, c.kind, c.record_id, c.op,
       c.base, CASE WHEN c.kind = 'bundle' THEN c.base ELSE c.fields END AS fields, c.actor, c.reason,
       c.logical, c.wall, c.signature, u.name AS actor_name,
       CASE WHEN c.op IN ('create', 'event') THEN NULL ELSE
       COALESCE((SELECT m.fields FROM change m
                  WHERE m.record_id = c.record_id AND m.kind = c.kind AND m.op = 'create'
                  ORDER BY m.logical LIMIT 1),
                (SELECT b.fields FROM change b
                  WHERE b.kind = 'bundle' AND b.record_id <= c.record_id
                  ORDER BY b.record_id DESC LIMIT 1)) END AS made,
       v.name AS about_name, p.number
  FROM change c
  LEFT JOIN "user" u ON u.id = c.actor
  LEFT JOIN "user" v ON v.id = c.record_id AND c.op = 'event'
  LEFT JOIN programme p ON p.id = c.compartment
 WHERE ($1 = '' OR c.kind = $1 OR (c.kind = 'bundle' AND ' ' || c.base LIKE '% ' || $1 || ' %')) AND ($2 = '' OR c.actor = $2)
   AND ($3 = '' OR c.wall >= $3) AND ($4 = '' OR c.wall < $4)
 ORDER BY c.logical DESC, c.node DESC
 LIMIT $5 OFFSET $6

-- name: access_log_count
-- does: how many changes and events fit
-- in:   kind text, actor text, from_day text, before_day text
-- out:  n int
-- one:  yes
SELECT COUNT(*) AS n
  FROM change c
 WHERE ($1 = '' OR c.kind = $1 OR (c.kind = 'bundle' AND ' ' || c.base LIKE '% ' || $1 || ' %')) AND ($2 = '' OR c.actor = $2)
   AND ($3 = '' OR c.wall >= $3) AND ($4 = '' OR c.wall < $4)
