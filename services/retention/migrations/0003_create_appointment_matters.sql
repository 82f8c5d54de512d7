-- What a case system's reach is judged by: the authority and the category of an appointment's matter, which never change. The consumer, which
-- finds itself on a stream that does not exist, starts over from the snapshot and hears them of every appointment.
CREATE TABLE appointment_matter (
  appointment_id uuid PRIMARY KEY,
  authority text NOT NULL,
  category text NOT NULL
);
UPDATE consumer SET stream_id = '00000000-0000-0000-0000-000000000000', fresh_time = '-infinity' WHERE source = 'appointments';
