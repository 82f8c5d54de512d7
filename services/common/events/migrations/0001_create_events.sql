-- Events as changes insert them, numbered after commit. `position` is dense and follows causality: a row that depends on another was
-- inserted after the other had committed.
CREATE TABLE event (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  position bigint UNIQUE,
  aggregate text NOT NULL,
  aggregate_id uuid NOT NULL,
  version bigint NOT NULL,
  kind text NOT NULL,
  time timestamptz NOT NULL,
  actor text NOT NULL,
  data jsonb NOT NULL
);
CREATE INDEX event_unnumbered ON event (seq) WHERE position IS NULL;

-- One row. `incarnation` names cluster, timeline and table: another one means that the rows were restored from a copy, and that positions
-- given out since the copy are void, so the stream gets a new id.
CREATE TABLE stream (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  stream_id uuid NOT NULL,
  incarnation text NOT NULL,
  head bigint NOT NULL
);

-- What this service has applied of another's stream.
CREATE TABLE consumer (
  source text PRIMARY KEY,
  stream_id uuid,
  position bigint NOT NULL DEFAULT 0,
  -- When the projection last stood at the head of the stream.
  fresh_time timestamptz NOT NULL DEFAULT '-infinity'
);
