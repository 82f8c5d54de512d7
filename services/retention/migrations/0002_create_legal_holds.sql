-- What must not be destroyed although it is due: a hold beats every schedule, from the next step on. Placed and released by decision.
CREATE TABLE legal_hold (
  id uuid PRIMARY KEY,
  appointment_id uuid NOT NULL,
  -- The number of the decision that placed it.
  decision text NOT NULL CHECK (decision <> ''),
  placed_time timestamptz NOT NULL,
  released_time timestamptz CHECK (released_time >= placed_time)
);
CREATE INDEX legal_hold_by_appointment ON legal_hold (appointment_id);
