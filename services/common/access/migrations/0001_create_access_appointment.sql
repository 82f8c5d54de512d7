-- What access to an appointment rests on, as appointments tells it: a projection fed by its events, read in one statement with the resource.
CREATE TABLE access_appointment (
  appointment_id uuid PRIMARY KEY,
  counsel_id uuid NOT NULL,
  digital boolean NOT NULL,
  visible_until timestamptz NOT NULL,
  released timestamptz,
  version bigint NOT NULL
);
