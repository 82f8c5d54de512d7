-- Who helps a counsel must not be a party in the matter. Of each person who is or may become a delegate there are hashes like those of applicants'
-- identifiers, under the same keys; the number itself is never kept. Who is found on both sides is a party, for good.
CREATE TABLE delegate (
  person_id uuid PRIMARY KEY
);
CREATE TABLE delegate_hash (
  person_id uuid NOT NULL REFERENCES delegate,
  -- Keyed hash of type and value, and the id of its key.
  hash bytea NOT NULL CHECK (length(hash) = 32),
  hash_key_id text NOT NULL,
  PRIMARY KEY (person_id, hash)
);
CREATE INDEX delegate_hash_by_hash ON delegate_hash (hash);
CREATE TABLE party (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  matter_id uuid NOT NULL REFERENCES matter,
  UNIQUE (person_id, matter_id)
);
CREATE INDEX party_in_matter ON party (matter_id);
-- The consumer starts over from the snapshot and hears of every delegate there is.
UPDATE consumer SET stream_id = '00000000-0000-0000-0000-000000000000', fresh_time = '-infinity' WHERE source = 'registry';
