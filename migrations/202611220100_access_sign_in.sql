-- Signing in: what is not a record and never leaves this node. None of it is in the change log.
-- There are no references to people on purpose: when records are made anew from the log, people
-- leave their table for a moment. What is left without its person is removed at the next sign-in.
CREATE TABLE credential (
  user_id @id PRIMARY KEY,   -- C1: whose
  hash @text NOT NULL,       -- C4: Argon2id hash of the password, with its salt and cost
  changed_at @text NOT NULL  -- C1: when it was set, UTC
);

CREATE TABLE session (
  token_hash @text PRIMARY KEY, -- C4: BLAKE2b-256 of the token the browser holds, hex
  user_id @id NOT NULL,         -- C1: who is signed in
  created_at @text NOT NULL,    -- C1: sign-in, UTC; the session ends 12 hours later
  seen_at @text NOT NULL        -- C1: last use, UTC, at most a minute old; ends after 30 minutes
);
CREATE INDEX session_user_id ON session (user_id);
CREATE INDEX session_seen_at ON session (seen_at);

CREATE TABLE sign_in_failure (
  subject @text PRIMARY KEY,  -- C2: hash of a sign-in name or of a network address, hex
  failures @int NOT NULL,     -- C1: how many since the count began
  last_at @int NOT NULL       -- C1: the newest, milliseconds since 1970
);
CREATE INDEX sign_in_failure_last_at ON sign_in_failure (last_at);

-- Facts about the workspace itself: organisation, language, demo, demo_password.
CREATE TABLE workspace_setting (
  name @text PRIMARY KEY,     -- C1: which
  value @text NOT NULL,       -- C1: its value
  changed_at @text NOT NULL   -- C1: when it was set, UTC
);
