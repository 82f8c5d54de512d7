-- Matters before the agency and the applicants in them. The applicants' identifiers are
-- encrypted under a key of this service's own and found by a keyed hash.
CREATE TABLE case_category (
  code text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9_]*$'),
  valid_from date NOT NULL,
  valid_to date,
  name_swedish text NOT NULL,
  name_english text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE TABLE matter (
  id uuid PRIMARY KEY,
  matter_number text NOT NULL CONSTRAINT matter_number_taken UNIQUE,
  category text NOT NULL,
  authority text NOT NULL,
  instance text NOT NULL CHECK (instance IN ('FIRST', 'MIGRATION_COURT', 'MIGRATION_COURT_OF_APPEAL')),
  handling text NOT NULL CHECK (handling IN ('DIGITAL', 'PAPER')),
  create_time timestamptz NOT NULL
);

CREATE TABLE applicant (
  id uuid PRIMARY KEY,
  matter_id uuid NOT NULL REFERENCES matter,
  -- From 1, in the order of registration.
  position integer NOT NULL CHECK (position > 0),
  name text NOT NULL,
  birth_date date,
  citizenships text[] NOT NULL,
  languages text[] NOT NULL,
  protection_level text NOT NULL CHECK (protection_level IN ('UNPROTECTED', 'SECRECY_MARKER', 'PROTECTED_REGISTRATION', 'ASSUMED_IDENTITY')),
  contact_address text,
  contact_phone text,
  contact_email text,
  agency_channel text NOT NULL,
  UNIQUE (matter_id, position),
  -- Protected identity is absence: there is nothing to leak, and only the way through the agency.
  CONSTRAINT protected_has_no_contact CHECK (protection_level = 'UNPROTECTED'
    OR (contact_address IS NULL AND contact_phone IS NULL AND contact_email IS NULL AND agency_channel <> ''))
);

CREATE TABLE identifier (
  applicant_id uuid NOT NULL REFERENCES applicant,
  position integer NOT NULL CHECK (position > 0),
  type text NOT NULL CHECK (type IN ('DOSSIER_NUMBER', 'LMA_NUMBER', 'PERSONNUMMER', 'SAMORDNINGSNUMMER')),
  valid_from date,
  -- AES-256-GCM with applicant and type as associated data; begins with the id of its key.
  sealed bytea NOT NULL,
  -- Keyed hash of type and value, and the id of its key.
  hash bytea NOT NULL CHECK (length(hash) = 32),
  hash_key_id text NOT NULL,
  PRIMARY KEY (applicant_id, position)
);
CREATE INDEX identifier_by_hash ON identifier (hash);
