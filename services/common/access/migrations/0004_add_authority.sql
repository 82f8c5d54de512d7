-- What a case system's reach is judged by: the authority and the category of the matter, which never change. A row without them, projected before
-- they were told, is within reach of nobody until it is told again: the consumer, which finds itself on a stream that does not exist, starts
-- over from the snapshot.
ALTER TABLE access_appointment ADD COLUMN authority text NOT NULL DEFAULT '';
ALTER TABLE access_appointment ADD COLUMN category text NOT NULL DEFAULT '';
DELETE FROM access_appointment;
UPDATE consumer SET stream_id = '00000000-0000-0000-0000-000000000000', fresh_time = '-infinity' WHERE source = 'appointments';
