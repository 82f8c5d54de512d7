-- Who read or changed what, when, for whom, on which ground: one append-only row per request. After commit the sequencer numbers the rows
-- and chains them by hashes; checkpoints of the chain stand in a signed file outside the database.
CREATE TABLE audit (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  position bigint UNIQUE,
  hash bytea,
  time timestamptz NOT NULL,
  rpc text NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('PERSON', 'CASE_SYSTEM', 'SERVICE', 'ANONYMOUS')),
  actor text NOT NULL,
  officer text NOT NULL,
  acting_for text NOT NULL,
  ground text NOT NULL,
  outcome text NOT NULL,
  request_id text NOT NULL,
  session_id text NOT NULL,
  method text NOT NULL,
  object_ids uuid[] NOT NULL
);
CREATE INDEX audit_unsealed ON audit (seq) WHERE position IS NULL;

-- One row: the end of the chain.
CREATE TABLE audit_seal (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  position bigint NOT NULL,
  hash bytea NOT NULL
);
