-- Who has logged in or was registered. The identity number is sealed under a key from a file; it is found by keyed hashes, one for each key
-- that was known when the person was last seen, so that processes with the old and with the new key find the same person while keys change.
CREATE TABLE person (
  id uuid PRIMARY KEY,
  number bytea NOT NULL,
  create_time timestamptz NOT NULL
);

CREATE TABLE person_number_hash (
  key_id text NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  person_id uuid NOT NULL REFERENCES person,
  PRIMARY KEY (key_id, hash)
);

-- When all sessions of a person were last ended: what began at or before the epoch gets no ticket.
CREATE TABLE revocation (
  person_id uuid PRIMARY KEY REFERENCES person,
  epoch timestamptz NOT NULL
);
