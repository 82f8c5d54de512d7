-- Whom a decision on release, compensation or an advance is about, where one counsel has followed another: how long each sees what she has
-- filed follows the decision on her own compensation. NULL where it was not said: about every counsel of the applicant.
ALTER TABLE decision ADD counsel_id uuid REFERENCES counsel;
