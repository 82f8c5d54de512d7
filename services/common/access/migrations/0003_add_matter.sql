-- Whoever is counsel in a matter is nobody's delegate there. What was projected without its matter is forgotten, and the consumer, which finds
-- itself on a stream that does not exist, starts over from the snapshot; a row without a matter, from a replica of the version before,
-- lets no delegate in.
ALTER TABLE access_appointment ADD COLUMN matter_id uuid;
DELETE FROM access_appointment;
UPDATE consumer SET stream_id = '00000000-0000-0000-0000-000000000000', fresh_time = '-infinity' WHERE source = 'appointments';
CREATE INDEX access_appointment_of_counsel ON access_appointment (counsel_id, matter_id);
