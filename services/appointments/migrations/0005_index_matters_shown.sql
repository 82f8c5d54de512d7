-- A delegate who is counsel of somebody in the same matter does not see it: the count of a list still comes from the index alone.
CREATE INDEX appointment_shown_in_matter ON appointment (counsel_id, id DESC) INCLUDE (visible_until, matter_id) WHERE digital;
DROP INDEX appointment_shown;
CREATE INDEX appointment_in_matter_of_counsel ON appointment (counsel_id, matter_id);
