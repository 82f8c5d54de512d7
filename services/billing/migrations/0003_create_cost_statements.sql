-- Cost statements. What is claimed is content, sealed by a key from a file with id, content_version and column as associated data. A draft
-- can be changed and deleted; what is filed never changes, and goes nowhere before the agency has registered it.
CREATE TABLE cost_statement (
  id uuid PRIMARY KEY,
  appointment_id uuid NOT NULL,
  counsel_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('DRAFT', 'FILED')),
  agency_state text CHECK (agency_state IN ('RECEIVED', 'REGISTERED')),
  diary_number text CHECK (length(diary_number) BETWEEN 1 AND 40),
  version bigint NOT NULL,
  -- The version in which the content was sealed.
  content_version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  input bytea NOT NULL,
  result bytea,
  manifest bytea,
  CHECK ((state = 'FILED') = (agency_state IS NOT NULL)),
  CHECK ((state = 'FILED') = (result IS NOT NULL)),
  CHECK ((state = 'FILED') = (manifest IS NOT NULL)),
  CHECK ((agency_state IS NOT DISTINCT FROM 'REGISTERED') = (diary_number IS NOT NULL))
);

CREATE INDEX cost_statement_by_appointment ON cost_statement (appointment_id, create_time DESC, id DESC);
CREATE INDEX cost_statement_unregistered ON cost_statement (update_time, id) WHERE agency_state = 'RECEIVED';

CREATE FUNCTION protect_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.agency_state = 'RECEIVED' THEN
      RAISE EXCEPTION 'an unregistered cost statement cannot be disposed of' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state = 'FILED' AND (NEW.state, NEW.appointment_id, NEW.counsel_id, NEW.input, NEW.result, NEW.manifest)
      IS DISTINCT FROM (OLD.state, OLD.appointment_id, OLD.counsel_id, OLD.input, OLD.result, OLD.manifest) THEN
    RAISE EXCEPTION 'a filed cost statement cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER protect_filed BEFORE UPDATE OR DELETE ON cost_statement FOR EACH ROW EXECUTE FUNCTION protect_filed();

-- What the counsel got for a filing (Swedish: kvittens).
CREATE TABLE receipt (
  cost_statement_id uuid PRIMARY KEY REFERENCES cost_statement,
  number text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind = 'CONFIRMATION'),
  received_time timestamptz NOT NULL,
  manifest_sha256 text NOT NULL CHECK (manifest_sha256 ~ '^[0-9a-f]{64}$'),
  total_ore bigint NOT NULL CHECK (total_ore >= 0)
);

-- The last receipt number given in a Swedish year: without gaps, since it commits with its filing.
CREATE TABLE receipt_serial (
  year bigint PRIMARY KEY,
  last bigint NOT NULL
);
