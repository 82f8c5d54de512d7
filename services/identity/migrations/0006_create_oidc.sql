-- Log-ins at an OpenID provider. The state that the browser brings back is the log-in's nonce_hash; the other secrets are sealed, and gone when
-- the browser has come back.
CREATE TABLE oidc_request (
  login_id uuid PRIMARY KEY REFERENCES login,
  secrets bytea NOT NULL
);

-- Which of our sessions began with which of the provider's, so that the provider can end them. The provider's names are kept as SHA-256.
CREATE TABLE oidc_session (
  session_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  subject_hash bytea NOT NULL CHECK (length(subject_hash) = 32),
  provider_session_hash bytea CHECK (length(provider_session_hash) = 32),
  -- After this the session has ended by itself.
  expire_time timestamptz NOT NULL
);
CREATE INDEX oidc_session_subject ON oidc_session (subject_hash);
CREATE INDEX oidc_session_provider_session ON oidc_session (provider_session_hash);
CREATE INDEX oidc_session_expire ON oidc_session (expire_time);

-- Logout tokens that have counted, until they expire: none counts twice.
CREATE TABLE oidc_logout_token (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  expire_time timestamptz NOT NULL
);
CREATE INDEX oidc_logout_token_expire ON oidc_logout_token (expire_time);
