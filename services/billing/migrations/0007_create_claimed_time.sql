-- Which minutes of a counsel's days are claimed, in clear beside the sealed statements: a day, how many, and when time was lost; not for whom
-- or what. So that what is claimed twice is found across her matters. Of statements drafted before, nothing is known until they change.
CREATE TABLE claimed_time (
  cost_statement_id uuid NOT NULL REFERENCES cost_statement ON DELETE CASCADE,
  counsel_id uuid NOT NULL,
  -- Swedish.
  day date NOT NULL,
  -- Of work, and of time loss that counts.
  minutes integer NOT NULL CHECK (minutes > 0),
  -- Time loss that counts.
  losses tstzmultirange NOT NULL,
  PRIMARY KEY (cost_statement_id, day)
);
CREATE INDEX claimed_time_of_counsel ON claimed_time (counsel_id, day);
