-- How long what delegates did stays in the list, by the day on which it was done. The services' audit trails are not touched.
CREATE TABLE activity_period (
  valid_from date PRIMARY KEY,
  -- The last day; NULL until further notice.
  valid_to date CHECK (valid_to >= valid_from),
  days integer NOT NULL CHECK (days > 0),
  source text NOT NULL CHECK (source <> ''),
  EXCLUDE USING gist (daterange(valid_from, valid_to, '[]') WITH &&)
);
INSERT INTO activity_period (valid_from, valid_to, days, source)
VALUES ('2018-01-01', NULL, 730, 'The agency''s default: two years, one more than the longest delegation; GDPR article 5.1 e, arkivlagen (1990:782) 10 §');
CREATE INDEX activity_by_time ON activity (time);

-- Whose list a legal hold on an appointment keeps. The consumer starts over from the snapshot and hears it of every appointment.
ALTER TABLE appointment_matter ADD COLUMN counsel_id uuid;
UPDATE consumer SET stream_id = '00000000-0000-0000-0000-000000000000', fresh_time = '-infinity' WHERE source = 'appointments';
