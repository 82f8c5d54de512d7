-- Sessions that were ended one by one. Such a row outlives whatever the gateway still holds, or gets back, of the session: no ticket is
-- renewed for it. It can go once no ticket of the session could be renewed any more.
CREATE TABLE ended_session (
  person_id uuid NOT NULL REFERENCES person,
  session_id uuid NOT NULL,
  end_time timestamptz NOT NULL,
  PRIMARY KEY (person_id, session_id)
);
CREATE INDEX ended_session_time ON ended_session (end_time);
