-- What becomes of the e-service's copies: when they are due, how far their destruction is, and the evidence of it.
CREATE TABLE grace_period (
  valid_from date PRIMARY KEY,
  valid_to date,
  days integer NOT NULL CHECK (days >= 0),
  source text NOT NULL,
  EXCLUDE USING gist (daterange(valid_from, valid_to, '[]') WITH &&)
);
INSERT INTO grace_period (valid_from, valid_to, days, source)
VALUES ('2018-01-01', NULL, 30, 'The agency''s default: copies are kept 30 days after the end of visibility');

-- One for each appointment whose end of visibility is known. A new end moves what has not begun.
CREATE TABLE disposal (
  id uuid PRIMARY KEY,
  appointment_id uuid NOT NULL UNIQUE,
  visible_until timestamptz NOT NULL,
  due_time timestamptz NOT NULL,
  done_time timestamptz,
  state text NOT NULL CHECK (state IN ('SCHEDULED', 'RUNNING', 'DONE')),
  appointment_version bigint NOT NULL,
  version bigint NOT NULL,
  CHECK ((state = 'DONE') = (done_time IS NOT NULL))
);
CREATE INDEX disposal_due ON disposal (due_time) WHERE state <> 'DONE';

CREATE TABLE evidence (
  disposal_id uuid NOT NULL REFERENCES disposal,
  document_id uuid NOT NULL,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  disposed_time timestamptz NOT NULL,
  PRIMARY KEY (disposal_id, document_id)
);
