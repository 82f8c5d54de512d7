-- A conflict of interest that was recorded by mistake is withdrawn, and the same two can be in conflict again. That it stood is a fact.
ALTER TABLE conflict_of_interest ADD withdrawn_time timestamptz CHECK (withdrawn_time >= create_time);
ALTER TABLE conflict_of_interest DROP CONSTRAINT conflict_of_interest_applicant_id_opposed_applicant_id_key;
CREATE UNIQUE INDEX conflict_of_interest_standing ON conflict_of_interest (applicant_id, opposed_applicant_id) WHERE withdrawn_time IS NULL;
