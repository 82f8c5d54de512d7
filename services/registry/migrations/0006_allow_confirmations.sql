-- A delegate may be invited by a confirmation of that alone: a log-in anew, which identity keeps as it keeps a signature. One by the running
-- session, in development, has none.
ALTER TABLE delegation DROP CONSTRAINT delegation_check3,
  ADD CONSTRAINT signature_is_known CHECK (signing_kind IS DISTINCT FROM 'SIGNATURE' OR signature_id IS NOT NULL),
  ADD CONSTRAINT filed_is_vouched_for CHECK (signature_id IS NULL OR signing_kind IS NOT NULL);
