-- Appointments, and what is known of the counsel who may be appointed: the register's facts as it was last asked for them, the counsel's own
-- word on new appointments, and the agency's limit. The row of a counsel is locked while one is appointed, so that capacity holds.
CREATE TABLE counsel (
  id uuid PRIMARY KEY,
  register_version bigint NOT NULL CHECK (register_version > 0),
  listing text NOT NULL CHECK (listing IN ('LISTED', 'ON_REQUEST_ONLY', 'REMOVED', 'INELIGIBLE')),
  availability text NOT NULL DEFAULT 'TAKES_NEW' CHECK (availability IN ('TAKES_NEW', 'ONLY_IF_REQUESTED', 'TAKES_NONE')),
  capacity integer NOT NULL DEFAULT 20 CHECK (capacity >= 0),
  -- Of availability and capacity; the etag.
  version bigint NOT NULL DEFAULT 1 CHECK (version > 0),
  update_time timestamptz NOT NULL
);

CREATE TABLE appointment (
  id uuid PRIMARY KEY,
  matter_id uuid NOT NULL REFERENCES matter,
  counsel_id uuid NOT NULL REFERENCES counsel,
  -- The version of the counsel's record that the appointment was checked against.
  register_version bigint NOT NULL,
  requested_by_applicant boolean NOT NULL,
  -- Handled in the e-service; what is handled on paper is not shown.
  digital boolean NOT NULL,
  appointed_date date NOT NULL,
  state text NOT NULL CHECK (state IN ('APPOINTED', 'RELEASED')),
  released_date date CHECK (released_date >= appointed_date),
  -- AES-256-GCM with the appointment as associated data: reasons speak of persons.
  release_reason bytea,
  -- 'infinity' while no end is known.
  visible_until timestamptz NOT NULL,
  -- Of what the counsel has filed, if that is longer.
  filings_visible_until timestamptz NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CHECK ((state = 'RELEASED') = (released_date IS NOT NULL)),
  CHECK ((state = 'RELEASED') = (release_reason IS NOT NULL))
);
-- A counsel's list, newest first, and how many are visible: both from the index alone up to the page's rows.
CREATE INDEX appointment_shown ON appointment (counsel_id, id DESC) INCLUDE (visible_until) WHERE digital;
CREATE INDEX appointment_in_force ON appointment (counsel_id) WHERE state = 'APPOINTED';
CREATE INDEX appointment_by_matter ON appointment (matter_id);

CREATE TABLE appointment_applicant (
  appointment_id uuid NOT NULL REFERENCES appointment,
  applicant_id uuid NOT NULL REFERENCES applicant,
  PRIMARY KEY (appointment_id, applicant_id)
);
CREATE INDEX appointment_of_applicant ON appointment_applicant (applicant_id);
