-- What somebody says does not work, with or without a log-in. Identity numbers were masked before anything comes here; what people wrote is
-- sealed all the same, with the ticket as associated data.
CREATE TABLE support_ticket (
  id uuid PRIMARY KEY,
  -- Twelve of Crockford's letters and digits in fours.
  reference text NOT NULL UNIQUE CHECK (reference ~ '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$'),
  what bytea NOT NULL,
  occur_time timestamptz NOT NULL,
  which_browser bytea NOT NULL,
  error_reference uuid,
  contact bytea NOT NULL,
  masked_numbers integer NOT NULL CHECK (masked_numbers >= 0),
  state text NOT NULL CHECK (state IN ('OPEN', 'ANSWERED')),
  answer bytea,
  officer text CHECK (officer <> ''),
  answer_time timestamptz,
  version bigint NOT NULL CHECK (version > 0),
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT answered_whole CHECK (num_nonnulls(answer, officer, answer_time) = CASE state WHEN 'ANSWERED' THEN 3 ELSE 0 END)
);
CREATE INDEX support_ticket_state ON support_ticket (state, id DESC);

-- How many came from where, for a day: a keyed hash of the address, tied to no ticket.
CREATE TABLE support_intake (
  address_hash bytea NOT NULL,
  time timestamptz NOT NULL
);
CREATE INDEX support_intake_time ON support_intake (time);
