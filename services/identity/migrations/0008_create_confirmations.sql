-- Confirmations: a person vouches by an authentication at an OpenID provider for one signature alone. Of the state that the browser brings back,
-- and of its cookie, there is a SHA-256; the other secrets are sealed. The row is gone when the browser has come back, or the signature has ended.
CREATE TABLE oidc_confirmation (
  signature_id uuid PRIMARY KEY REFERENCES signature,
  state_hash bytea NOT NULL UNIQUE CHECK (length(state_hash) = 32),
  secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
  secrets bytea NOT NULL,
  begin_time timestamptz NOT NULL
);
CREATE INDEX oidc_confirmation_begin ON oidc_confirmation (begin_time);

-- What the provider vouches with: its ID token as it came, sealed.
CREATE TABLE oidc_evidence (
  signature_id uuid PRIMARY KEY REFERENCES signature,
  id_token bytea NOT NULL
);
