-- Log-ins. Of the browser's cookie there is the SHA-256 alone; the name that the provider told is sealed.
CREATE TABLE login (
  id uuid PRIMARY KEY,
  secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
  method text NOT NULL CHECK (method IN ('BANKID', 'MOBILE_BANKID', 'TELIA')),
  start text NOT NULL CHECK (start IN ('SAME_DEVICE', 'OTHER_DEVICE')),
  purpose text NOT NULL CHECK (purpose IN ('ENTER', 'REGISTER_APPLICATION')),
  state text NOT NULL CHECK (state IN ('PENDING', 'COMPLETE', 'FAILED', 'CANCELLED')),
  hint text NOT NULL,
  message_key text NOT NULL,
  -- Why it failed; empty otherwise.
  reason text NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  create_time timestamptz NOT NULL,
  complete_time timestamptz,
  person_id uuid REFERENCES person,
  session_id uuid UNIQUE,
  certificate_policy text,
  name bytea,
  CHECK ((state = 'FAILED') = (reason <> '')),
  CHECK ((state = 'COMPLETE') = (complete_time IS NOT NULL)),
  CHECK ((state = 'COMPLETE') = (person_id IS NOT NULL)),
  CHECK ((state = 'COMPLETE') = (session_id IS NOT NULL)),
  CHECK ((state = 'COMPLETE') = (certificate_policy IS NOT NULL)),
  CHECK ((state = 'COMPLETE') = (name IS NOT NULL))
);
-- A browser has one open log-in.
CREATE UNIQUE INDEX login_open ON login (secret_hash) WHERE state = 'PENDING';

-- Orders at BankID that are to be collected, or cancelled because their log-in was. What has ended has no row: its secrets are gone.
CREATE TABLE bankid_order (
  login_id uuid PRIMARY KEY REFERENCES login,
  -- Order reference, start tokens and QR secret, sealed.
  secrets bytea NOT NULL,
  -- When we received the order: second 0 of its QR code.
  receive_time timestamptz NOT NULL,
  -- When somebody is to ask next. Whoever asks moves it past the longest call, and counts the lease up.
  due_time timestamptz NOT NULL,
  lease bigint NOT NULL,
  -- How often in a row BankID did not answer.
  failures integer NOT NULL
);
CREATE INDEX bankid_order_due ON bankid_order (due_time);

-- What BankID gave as proof of a completed log-in, unchanged and sealed.
CREATE TABLE bankid_evidence (
  login_id uuid PRIMARY KEY REFERENCES login,
  signature bytea NOT NULL,
  ocsp_response bytea NOT NULL,
  risk text NOT NULL
);
