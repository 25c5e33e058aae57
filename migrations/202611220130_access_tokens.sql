-- Access tokens: how programs of people use the API. Like sessions they are no records, never leave this
-- node and are not in the change log; making and taking back is written there as an event.
CREATE TABLE access_token (
  token_hash @text PRIMARY KEY, -- C4: BLAKE2b-256 of the token, hex; the token itself is nowhere
  user_id @id NOT NULL,         -- C1: whose rights it carries
  name @text NOT NULL,          -- C2: what the person calls it
  read_only @int NOT NULL,      -- C1: 1: reads only, whatever the person may do
  created_at @text NOT NULL,    -- C1: UTC
  expires_at @text NOT NULL,    -- C1: UTC; refused from then on
  used_at @text                 -- C1: last use, UTC, at most a minute old
);
CREATE UNIQUE INDEX access_token_user_id_name ON access_token (user_id, name);
