-- A delegate's list leaves out what shows where a protected person lives: the count still comes from the index alone.
CREATE INDEX document_shown ON document (appointment_id, communicated_time DESC, id DESC) INCLUDE (reveals_residence)
  WHERE state = 'COMMUNICATED';
DROP INDEX document_by_appointment;
