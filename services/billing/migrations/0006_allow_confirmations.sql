-- A filing may be vouched for by a confirmation of its own: a log-in for this alone, which identity keeps as it keeps a signature. One by the
-- running session, in development, has none.
ALTER TABLE receipt DROP CONSTRAINT receipt_check, ADD CONSTRAINT signature_is_known CHECK (kind <> 'SIGNATURE' OR signature_id IS NOT NULL);
