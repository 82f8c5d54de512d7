-- Two applicants of a matter whose interests are opposed: no counsel assists both, now or after a release.
CREATE TABLE conflict_of_interest (
  id uuid PRIMARY KEY,
  matter_id uuid NOT NULL REFERENCES matter,
  -- The lesser id first: a pair is there once, whoever names it.
  applicant_id uuid NOT NULL REFERENCES applicant,
  opposed_applicant_id uuid NOT NULL REFERENCES applicant,
  create_time timestamptz NOT NULL,
  CHECK (applicant_id < opposed_applicant_id),
  UNIQUE (applicant_id, opposed_applicant_id)
);
CREATE INDEX conflict_of_interest_by_matter ON conflict_of_interest (matter_id);

-- What has come to light of an appointment in force that would have stopped it. What is lowered stays: that it stood is a fact.
CREATE TABLE appointment_flag (
  id uuid PRIMARY KEY,
  appointment_id uuid NOT NULL REFERENCES appointment,
  kind text NOT NULL CHECK (kind IN ('COUNSEL_INELIGIBLE', 'COUNSEL_REMOVED', 'CONFLICT_OF_INTEREST')),
  -- The version of the counsel's record that says so; 0 for a conflict.
  register_version bigint NOT NULL CHECK (register_version >= 0),
  raised_time timestamptz NOT NULL,
  lowered_time timestamptz CHECK (lowered_time >= raised_time)
);
CREATE UNIQUE INDEX appointment_flag_standing ON appointment_flag (appointment_id, kind) WHERE lowered_time IS NULL;

-- Version 0: what the register says is awaited, since its stream was restored from a copy and may have gone back.
ALTER TABLE counsel DROP CONSTRAINT counsel_register_version_check;
ALTER TABLE counsel ADD CONSTRAINT counsel_register_version_check CHECK (register_version >= 0);
-- Events on counsel were let pass until now. The consumer, which finds itself on a stream that does not exist, starts over from the snapshot
-- and hears of everybody.
UPDATE consumer SET stream_id = '00000000-0000-0000-0000-000000000000', fresh_time = '-infinity' WHERE source = 'registry';
