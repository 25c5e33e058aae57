-- The change log: the truth of a workspace. Format: docs/change-log.md.
CREATE TABLE change (
  compartment @id NOT NULL,   -- C1: what is replicated together: a programme's id, or 'organisation'
  node @id NOT NULL,          -- C1: who wrote it: beginning of the hash of the node's public key
  seq @int NOT NULL,          -- C1: number on this node and compartment, from 1, without gaps
  format @int NOT NULL,       -- C1: version of the encoding that is hashed, now 1
  previous @text NOT NULL,    -- C1: hash of number seq - 1, '' for the first
  hash @text NOT NULL,        -- C1: BLAKE2b-256 of the encoding, hex; the name of the change
  kind @text NOT NULL,        -- C1: kind of record, or 'event'
  record_id @id NOT NULL,     -- C1: id of the record, or what the event is about
  op @text NOT NULL,          -- C1: create, update, delete, event
  base @text NOT NULL,        -- C1: hashes of the versions it was made from, separated by a space
  fields @text NOT NULL,      -- C3: JSON object, name -> [before, after]
  actor @text NOT NULL,       -- C1: id of the person, or 'owner' for the command line
  reason @text NOT NULL,      -- C3: why, where a reason was asked for
  logical @int NOT NULL,      -- C1: hybrid logical time: milliseconds x 65536 + counter
  wall @text NOT NULL,        -- C1: clock of the node, UTC
  signature @text NOT NULL,   -- C1: Ed25519 signature of the hash by the node, hex
  PRIMARY KEY (compartment, node, seq)
);
CREATE INDEX change_record ON change (record_id, logical);
CREATE INDEX change_time ON change (logical);

CREATE TABLE chain (
  compartment @id NOT NULL,   -- C1: compartment
  node @id NOT NULL,          -- C1: node
  seq @int NOT NULL,          -- C1: number of the newest change
  hash @text NOT NULL,        -- C1: its hash
  logical @int NOT NULL,      -- C1: its logical time
  PRIMARY KEY (compartment, node)
);

CREATE TABLE node (
  id @id PRIMARY KEY,         -- C1: beginning of the hash of the public key, hex
  public_key @text NOT NULL,  -- C1: Ed25519, hex
  joined_at @text NOT NULL    -- C1: when this workspace first knew it, UTC
);
