-- For how long a delegate is compared with parties: while a delegation of hers has not ended. Her hashes go with the last; who was found stays a
-- party. `delegate` is written for the release before this one, and read by nobody.
CREATE TABLE helping (
  delegation_id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  until timestamptz NOT NULL
);
CREATE INDEX helping_person ON helping (person_id, until);
-- The consumer starts over from the snapshot and hears of every delegation there is.
UPDATE consumer SET stream_id = '00000000-0000-0000-0000-000000000000', fresh_time = '-infinity' WHERE source = 'registry';
