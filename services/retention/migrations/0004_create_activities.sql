-- What delegates did in their counsel's names, as the audit trails of the services tell, and how their delegations began and ended. Ids and
-- names of operations; no personal data.
CREATE TABLE activity (
  -- UUIDv7 of the instant at which it was done, so that the order of ids is that of time.
  id uuid PRIMARY KEY,
  source text NOT NULL,
  -- What it is known by at its source: told twice, it is there once.
  seal bytea NOT NULL,
  counsel_id uuid NOT NULL,
  delegate_id uuid NOT NULL,
  -- Of what happened to a delegation; what a delegate did belongs to the delegation that held then.
  delegation_id uuid,
  action text NOT NULL CHECK (action IN ('READ', 'DOWNLOADED', 'CHANGED', 'DELEGATION_ACCEPTED', 'DELEGATION_ENDED')),
  by_whom text NOT NULL CHECK (by_whom IN ('DELEGATE', 'COUNSEL', 'AGENCY')),
  operation text NOT NULL,
  object_ids uuid[] NOT NULL,
  time timestamptz NOT NULL,
  UNIQUE (source, seal)
);
CREATE INDEX activity_of_counsel ON activity (counsel_id, id DESC);

-- How far the trail of each service has been gathered.
CREATE TABLE activity_source (
  source text PRIMARY KEY,
  stream_id text NOT NULL DEFAULT '',
  position bigint NOT NULL DEFAULT 0
);
