-- Where compensation is paid to: every account that a counsel has signed for, and the draft of the next. The account that is paid to is the
-- filed change with the greatest account_version; nothing filed is changed or deleted.
CREATE TABLE payout_account_change (
  id uuid PRIMARY KEY,
  counsel_id uuid NOT NULL REFERENCES counsel,
  -- Kind and numbers, AES-256-GCM with change and counsel as associated data: a row can be nobody else's.
  account bytea NOT NULL,
  -- One signature files one change once. All four at the filing.
  signature_id uuid CONSTRAINT payout_signature_filed_once UNIQUE,
  sign_time timestamptz,
  valid_from timestamptz,
  account_version bigint CHECK (account_version > 0),
  version bigint NOT NULL CHECK (version > 0),
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT filed_whole CHECK (num_nonnulls(signature_id, sign_time, valid_from, account_version) IN (0, 4)),
  CONSTRAINT payout_account_counted_once UNIQUE (counsel_id, account_version)
);
CREATE INDEX payout_account_change_counsel ON payout_account_change (counsel_id, id DESC);
-- One draft at a time.
CREATE UNIQUE INDEX payout_account_change_open ON payout_account_change (counsel_id) WHERE signature_id IS NULL;

CREATE FUNCTION protect_payout_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signature_id IS NOT NULL THEN
    RAISE EXCEPTION 'a filed payout account cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER protect_payout_account BEFORE UPDATE OR DELETE ON payout_account_change FOR EACH ROW EXECUTE FUNCTION protect_payout_account();
