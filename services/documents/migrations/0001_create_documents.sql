-- Documents, and their content in encrypted chunks. A document is STAGED while its bytes arrive in short transactions, and published by
-- the last one; what stays STAGED is swept away.
CREATE TABLE document (
  id uuid PRIMARY KEY,
  appointment_id uuid NOT NULL,
  -- Sealed, since names tell whom they are about; gone once the content is disposed of.
  title bytea,
  file_name bytea,
  media_type text NOT NULL,
  size bigint NOT NULL CHECK (size > 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  reveals_residence boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('STAGED', 'COMMUNICATED', 'DISPOSED')),
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  communicated_time timestamptz,
  -- The data key of the content, wrapped by a key from a file; gone once the content is disposed of.
  wrapped_key bytea,
  CHECK ((state = 'STAGED') = (communicated_time IS NULL)),
  CHECK ((state = 'DISPOSED') = (wrapped_key IS NULL)),
  CHECK ((wrapped_key IS NULL) = (title IS NULL) AND (wrapped_key IS NULL) = (file_name IS NULL))
);

CREATE INDEX document_by_appointment ON document (appointment_id, communicated_time DESC, id DESC) WHERE state = 'COMMUNICATED';
CREATE INDEX document_staged ON document (update_time) WHERE state = 'STAGED';

-- 64 KiB each but the last, AES-256-GCM with document, version, index and last-flag as associated data.
CREATE TABLE chunk (
  document_id uuid NOT NULL REFERENCES document ON DELETE CASCADE,
  index bigint NOT NULL CHECK (index >= 0),
  sealed bytea NOT NULL,
  PRIMARY KEY (document_id, index)
);
-- Ciphertext does not compress.
ALTER TABLE chunk ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- What is left of a document: evidence that its content is gone.
CREATE TABLE disposal_evidence (
  document_id uuid PRIMARY KEY REFERENCES document,
  disposal_id uuid NOT NULL,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  chunks bigint NOT NULL,
  disposed_time timestamptz NOT NULL
);
