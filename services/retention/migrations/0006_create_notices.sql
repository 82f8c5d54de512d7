-- What a counsel should look at stands among the activities: that a delegate logged in for the first time or in a browser not seen before, that
-- much was fetched in short time, and that a delegation ends soon.
ALTER TABLE activity DROP CONSTRAINT activity_action_check;
ALTER TABLE activity ADD CONSTRAINT activity_action_check CHECK (action IN ('READ', 'DOWNLOADED', 'CHANGED', 'DELEGATION_ACCEPTED',
  'DELEGATION_ENDED', 'FIRST_LOG_IN', 'NEW_BROWSER', 'BULK_DOWNLOAD', 'DELEGATION_ENDS_SOON'));
ALTER TABLE activity DROP CONSTRAINT activity_by_whom_check;
ALTER TABLE activity ADD CONSTRAINT activity_by_whom_check CHECK (by_whom IN ('DELEGATE', 'COUNSEL', 'AGENCY', 'SERVICE'));
CREATE INDEX activity_notice ON activity (counsel_id, id DESC)
  WHERE action IN ('FIRST_LOG_IN', 'NEW_BROWSER', 'BULK_DOWNLOAD', 'DELEGATION_ENDS_SOON');
CREATE INDEX activity_downloaded ON activity (counsel_id, delegate_id, time) WHERE action = 'DOWNLOADED';

-- How many documents a delegate fetches in how short a time before the counsel is told, by the day.
CREATE TABLE bulk_download (
  valid_from date PRIMARY KEY,
  -- The last day; NULL until further notice.
  valid_to date CHECK (valid_to >= valid_from),
  documents integer NOT NULL CHECK (documents > 0),
  minutes integer NOT NULL CHECK (minutes > 0),
  source text NOT NULL CHECK (source <> ''),
  EXCLUDE USING gist (daterange(valid_from, valid_to, '[]') WITH &&)
);
INSERT INTO bulk_download (valid_from, valid_to, documents, minutes, source)
VALUES ('2018-01-01', NULL, 20, 60, 'The agency''s default: more than one reads within an hour');
