-- The ID token with which a session began, sealed: the provider is shown it when the session ends there too. It goes with the row, when the session
-- has ended by itself; NULL in rows that are older than this column.
ALTER TABLE oidc_session ADD COLUMN id_token bytea;
