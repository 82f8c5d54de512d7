-- What counsel let others do for them. No identity number is kept here: whoever is invited is the person that identity named, and the name is
-- the counsel's own note. EXPIRED and LAPSED are never stored: the clock makes them of valid_until and lapse_time.
CREATE TABLE delegation_terms (
  version integer PRIMARY KEY CHECK (version > 0),
  -- The day from which these are the terms that are read and accepted.
  valid_from date NOT NULL UNIQUE,
  text_swedish text NOT NULL CHECK (text_swedish <> ''),
  text_english text NOT NULL CHECK (text_english <> '')
);

INSERT INTO delegation_terms (version, valid_from, text_swedish, text_english) VALUES
(1, '1970-01-01',
 'Jag hjälper biträdet med det som behörigheten omfattar, i eget namn och med min egen e-legitimation, som jag inte lämnar till någon annan. Det jag får se om de sökande omfattas av sekretess; jag för det inte vidare, varken nu eller sedan behörigheten har upphört, och använder det bara för biträdets uppdrag. Jag är varken part eller biträde för någon annan i de ärenden som jag får se. Jag vet att allt jag läser och ändrar loggas med mitt namn och att biträdet kan se det.',
 'I help the counsel with what the delegation covers, in my own name and with my own e-legitimation, which I hand to nobody. What I see of applicants is covered by secrecy; I pass none of it on, neither now nor when the delegation has ended, and use it for the counsel''s appointment alone. I am neither a party nor counsel for anybody else in the matters that I see. I know that everything I read and change is recorded under my name and that the counsel can see it.');

CREATE TABLE delegation (
  id uuid PRIMARY KEY,
  principal_id uuid NOT NULL REFERENCES counsel,
  delegate_id uuid NOT NULL CHECK (delegate_id <> principal_id),
  -- AES-256-GCM with the delegation as associated data.
  name bytea NOT NULL,
  -- What no counsel can hand over no row can hold.
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0
    AND scopes <@ ARRAY['appointments:read', 'availability:write', 'documents:read', 'drafts:write', 'workplace:write']),
  valid_from timestamptz NOT NULL,
  valid_until timestamptz NOT NULL CHECK (valid_until > valid_from),
  state text NOT NULL CHECK (state IN ('DRAFT', 'INVITED', 'ACTIVE', 'REVOKED')),
  lapse_time timestamptz NOT NULL,
  signing_kind text CHECK (signing_kind IN ('SIGNATURE', 'CONFIRMATION')),
  -- One signature files one delegation once.
  signature_id uuid CONSTRAINT signature_filed_once UNIQUE,
  signing_time timestamptz,
  accept_time timestamptz,
  terms_version integer REFERENCES delegation_terms,
  version bigint NOT NULL CHECK (version > 0),
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CHECK ((signing_kind IS NULL) = (signing_time IS NULL)),
  CHECK ((signature_id IS NOT NULL) = (signing_kind IS NOT DISTINCT FROM 'SIGNATURE')),
  CHECK ((accept_time IS NULL) = (terms_version IS NULL)),
  CONSTRAINT signed_before_it_invites CHECK (state IN ('DRAFT', 'REVOKED') OR signing_kind IS NOT NULL),
  CONSTRAINT accepted_before_it_holds CHECK (state <> 'ACTIVE' OR accept_time IS NOT NULL)
);
CREATE INDEX delegation_given ON delegation (principal_id, id DESC);
CREATE INDEX delegation_got ON delegation (delegate_id, id DESC);
