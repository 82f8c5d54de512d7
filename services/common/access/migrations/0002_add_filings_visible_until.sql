-- What a counsel has filed stays with the counsel longer than the appointment: until three months after the legal force of the decision on
-- compensation. Unknown is for ever.
ALTER TABLE access_appointment ADD COLUMN filings_visible_until timestamptz NOT NULL DEFAULT 'infinity';
