-- What becomes of the e-service's copies: when they are due, how far their destruction is, and the evidence of it. How far it is stands in
-- rows alone, so that whoever takes it up after a crash goes on where the last one was.
CREATE TABLE grace_period (
  valid_from date PRIMARY KEY,
  -- The last day; NULL until further notice.
  valid_to date CHECK (valid_to >= valid_from),
  days integer NOT NULL CHECK (days >= 0),
  source text NOT NULL CHECK (source <> ''),
  EXCLUDE USING gist (daterange(valid_from, valid_to, '[]') WITH &&)
);
INSERT INTO grace_period (valid_from, valid_to, days, source)
VALUES ('2018-01-01', NULL, 30, 'The agency''s default: copies are kept 30 days after the end of visibility');

-- Of an appointment, one that is not done and any number that are.
CREATE TABLE disposal (
  id uuid PRIMARY KEY,
  appointment_id uuid NOT NULL,
  -- The version of the appointment that visible_until comes from; 0 while a snapshot is awaited.
  appointment_version bigint NOT NULL,
  -- 'infinity' while no end is known.
  visible_until timestamptz NOT NULL,
  -- NULL until planned.
  due_time timestamptz CHECK (due_time >= visible_until),
  done_time timestamptz,
  state text NOT NULL CHECK (state IN ('SCHEDULED', 'RUNNING', 'DONE')),
  -- Whoever takes a step has until then; afterwards anybody takes it again.
  leased_until timestamptz,
  CHECK ((state = 'DONE') = (done_time IS NOT NULL)),
  CHECK (state = 'SCHEDULED' OR due_time IS NOT NULL)
);
CREATE UNIQUE INDEX disposal_open ON disposal (appointment_id) WHERE state <> 'DONE';
CREATE INDEX disposal_by_appointment ON disposal (appointment_id);
CREATE INDEX disposal_due ON disposal (due_time, id) WHERE state <> 'DONE';
CREATE INDEX disposal_unplanned ON disposal (id) WHERE state <> 'DONE' AND due_time IS NULL AND visible_until < 'infinity';

-- A document that is to be destroyed, written down before documents is asked to; and what is left of it.
CREATE TABLE disposed_document (
  disposal_id uuid NOT NULL REFERENCES disposal,
  document_id uuid NOT NULL,
  tried_time timestamptz,
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint CHECK (size >= 0),
  chunks bigint CHECK (chunks >= 0),
  disposed_time timestamptz,
  PRIMARY KEY (disposal_id, document_id),
  CHECK (num_nulls(sha256, size, chunks, disposed_time) IN (0, 4))
);

CREATE FUNCTION protect_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.disposal_id, NEW.document_id, NEW.sha256, NEW.size, NEW.chunks, NEW.disposed_time)
      IS DISTINCT FROM (OLD.disposal_id, OLD.document_id, OLD.sha256, OLD.size, OLD.chunks, OLD.disposed_time) THEN
    RAISE EXCEPTION 'evidence of a disposal cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER protect_evidence BEFORE UPDATE OR DELETE ON disposed_document
  FOR EACH ROW WHEN (OLD.sha256 IS NOT NULL) EXECUTE FUNCTION protect_evidence();
