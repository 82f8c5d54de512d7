-- How long a support ticket is kept once it is answered, by the day of its answer. One that waits for its answer stays.
CREATE TABLE support_ticket_period (
  valid_from date PRIMARY KEY,
  -- The last day; NULL until further notice.
  valid_to date CHECK (valid_to >= valid_from),
  days integer NOT NULL CHECK (days > 0),
  source text NOT NULL CHECK (source <> ''),
  EXCLUDE USING gist (daterange(valid_from, valid_to, '[]') WITH &&)
);
INSERT INTO support_ticket_period (valid_from, valid_to, days, source)
VALUES ('2018-01-01', NULL, 180, 'The agency''s default: half a year for whoever asks again; GDPR article 5.1 e, arkivlagen (1990:782) 10 §');
