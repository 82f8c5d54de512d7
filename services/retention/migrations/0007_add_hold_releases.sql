-- Holds are placed and released by case systems, with reasons; a release takes two officers. Reasons speak of persons: AES-256-GCM with the
-- hold and what they are of as associated data. What was placed before this has no reason.
ALTER TABLE legal_hold ADD version bigint NOT NULL DEFAULT 1 CHECK (version > 0);
ALTER TABLE legal_hold ADD reason bytea;
ALTER TABLE legal_hold ADD release_prepared_by text;
ALTER TABLE legal_hold ADD release_prepared_time timestamptz;
ALTER TABLE legal_hold ADD release_reason bytea;
ALTER TABLE legal_hold ADD released_by text;
ALTER TABLE legal_hold ADD CONSTRAINT prepared_with_reason CHECK (num_nulls(release_prepared_by, release_prepared_time, release_reason) IN (0, 3));
ALTER TABLE legal_hold ADD CONSTRAINT four_eyes CHECK (released_by <> release_prepared_by);
ALTER TABLE legal_hold ADD CONSTRAINT released_by_somebody CHECK ((released_time IS NULL) = (released_by IS NULL)
  AND (released_by IS NULL OR release_prepared_by IS NOT NULL)) NOT VALID;
