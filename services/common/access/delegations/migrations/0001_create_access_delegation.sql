-- What a delegate's access rests on, as registry tells it: a projection fed by its events, read in one statement with the resource.
CREATE TABLE access_delegation (
  delegation_id uuid PRIMARY KEY,
  principal_id uuid NOT NULL,
  delegate_id uuid NOT NULL,
  scopes text[] NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz NOT NULL,
  -- Signed, accepted and not revoked.
  active boolean NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX access_delegation_in_force ON access_delegation (delegate_id, principal_id) WHERE active;
