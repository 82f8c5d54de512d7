-- Decisions on applicants, and the facts recorded of each: what visibility follows.
CREATE TABLE decision (
  id uuid PRIMARY KEY,
  matter_id uuid NOT NULL REFERENCES matter,
  applicant_id uuid NOT NULL REFERENCES applicant,
  kind text NOT NULL CHECK (kind IN ('MAIN', 'RELEASE', 'COMPENSATION', 'ADVANCE')),
  decided_date date NOT NULL,
  service_date date,
  service_method text NOT NULL CHECK (service_method IN ('', 'ORDINARY', 'SIMPLIFIED', 'IN_PERSON')),
  legal_force_date date CHECK (legal_force_date >= decided_date),
  appeal_handed_over_date date CHECK (appeal_handed_over_date >= decided_date),
  version bigint NOT NULL CHECK (version > 0),
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CHECK ((service_date IS NULL) = (service_method = ''))
);
CREATE INDEX decision_by_applicant ON decision (applicant_id);
