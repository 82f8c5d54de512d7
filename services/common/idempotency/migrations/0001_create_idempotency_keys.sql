-- The first answer to a key, so that a repeated request gets it again: 48 hours for a client's Idempotency-Key, for ever (infinity) for a
-- case system's source id. Answers are encrypted: they may hold personal data.
CREATE TABLE idempotency_key (
  caller text NOT NULL,
  acting_for text NOT NULL,
  rpc text NOT NULL,
  key text NOT NULL,
  fingerprint_key_id text NOT NULL,
  fingerprint bytea NOT NULL,
  answer bytea NOT NULL,
  expire_time timestamptz NOT NULL,
  PRIMARY KEY (caller, acting_for, rpc, key)
);
CREATE INDEX idempotency_key_expiring ON idempotency_key (expire_time) WHERE expire_time <> 'infinity';
