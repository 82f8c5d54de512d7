-- Signatures: a person vouches for one version of one thing of another service. Text, manifest and the facts of the browser are sealed. What
-- is complete is a fact that nothing changes. An order and its evidence now belong to a log-in or to a signature.
CREATE TABLE signature (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  method text NOT NULL CHECK (method IN ('BANKID', 'MOBILE_BANKID', 'TELIA')),
  start text NOT NULL CHECK (start IN ('SAME_DEVICE', 'OTHER_DEVICE')),
  purpose text NOT NULL CHECK (purpose IN
    ('COST_STATEMENT_FILING', 'DELEGATION', 'PAYOUT_ACCOUNT_CHANGE', 'SUBMISSION_FILING', 'REGISTER_APPLICATION')),
  -- The owner's: no table here has it.
  resource_id uuid NOT NULL,
  resource_version bigint NOT NULL CHECK (resource_version > 0),
  manifest_sha256 text NOT NULL CHECK (manifest_sha256 ~ '^[0-9a-f]{64}$'),
  state text NOT NULL CHECK (state IN ('PENDING', 'COMPLETE', 'FAILED', 'CANCELLED', 'UNRESOLVED')),
  -- Given up by the person; the provider has not confirmed it.
  cancelling boolean NOT NULL CHECK (NOT cancelling OR state = 'PENDING'),
  hint text NOT NULL,
  message_key text NOT NULL,
  -- Why it failed or is unresolved; empty otherwise.
  reason text NOT NULL CHECK ((state IN ('FAILED', 'UNRESOLVED')) = (reason <> '')),
  create_time timestamptz NOT NULL,
  complete_time timestamptz CHECK ((state = 'COMPLETE') = (complete_time IS NOT NULL)),
  certificate_policy text CHECK ((state = 'COMPLETE') = (certificate_policy IS NOT NULL)),
  -- What was asked to be signed; erased when it is certain that nobody did. Kept whole, as what the proof is about.
  visible_text bytea CHECK (state NOT IN ('PENDING', 'COMPLETE') OR visible_text IS NOT NULL),
  manifest bytea CHECK ((visible_text IS NULL) = (manifest IS NULL)),
  -- Needed to begin at the provider, erased when it has ended.
  browser bytea CHECK (state = 'PENDING' OR browser IS NULL)
);
CREATE INDEX signature_open ON signature (person_id) WHERE state = 'PENDING';

CREATE FUNCTION protect_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'COMPLETE' THEN
    RAISE EXCEPTION 'a completed signature cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER protect_signature BEFORE UPDATE ON signature FOR EACH ROW EXECUTE FUNCTION protect_signature();

ALTER TABLE bankid_order DROP CONSTRAINT bankid_order_pkey, ALTER login_id DROP NOT NULL, ADD UNIQUE (login_id),
  ADD COLUMN signature_id uuid UNIQUE REFERENCES signature, ADD CHECK (num_nonnulls(login_id, signature_id) = 1),
  ADD COLUMN id uuid PRIMARY KEY GENERATED ALWAYS AS (coalesce(login_id, signature_id)) STORED,
  -- A signature's order has none of these until BankID knows it.
  ALTER secrets DROP NOT NULL, ALTER receive_time DROP NOT NULL, ADD CHECK (login_id IS NULL OR secrets IS NOT NULL),
  ADD CHECK ((secrets IS NULL) = (receive_time IS NULL));

ALTER TABLE bankid_evidence DROP CONSTRAINT bankid_evidence_pkey, ALTER login_id DROP NOT NULL, ADD UNIQUE (login_id),
  ADD COLUMN signature_id uuid UNIQUE REFERENCES signature, ADD CHECK (num_nonnulls(login_id, signature_id) = 1),
  ADD COLUMN id uuid PRIMARY KEY GENERATED ALWAYS AS (coalesce(login_id, signature_id)) STORED;
