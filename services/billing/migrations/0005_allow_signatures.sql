-- A filing is vouched for by a signature, or in development by a confirmation. One signature files one thing.
ALTER TABLE receipt DROP CONSTRAINT receipt_kind_check, ADD CHECK (kind IN ('SIGNATURE', 'CONFIRMATION')),
  ADD COLUMN signature_id uuid UNIQUE, ADD CHECK ((kind = 'SIGNATURE') = (signature_id IS NOT NULL));
