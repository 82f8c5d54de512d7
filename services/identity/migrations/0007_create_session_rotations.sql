-- Sessions that went on under another token of the browser. What the gateway still holds, or gets back, of such a session under an older
-- token has a ticket that was given before: none is renewed for it. The row can go as one of ended_session can.
CREATE TABLE session_rotation (
  person_id uuid NOT NULL REFERENCES person,
  session_id uuid NOT NULL,
  rotate_time timestamptz NOT NULL,
  PRIMARY KEY (person_id, session_id)
);
CREATE INDEX session_rotation_time ON session_rotation (rotate_time);
