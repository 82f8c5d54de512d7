-- The register of counsel (JUDITH), each under the id that identity gave the person: no identity number is kept here.
CREATE TABLE counsel (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  qualification text NOT NULL CHECK (qualification IN ('ADVOCATE', 'ASSOCIATE', 'OTHER_LAWYER')),
  listing text NOT NULL CHECK (listing IN ('LISTED', 'ON_REQUEST_ONLY', 'REMOVED', 'INELIGIBLE')),
  workplace_street text NOT NULL,
  workplace_postal_code text NOT NULL CHECK (workplace_postal_code ~ '^[1-9][0-9]{4}$'),
  workplace_city text NOT NULL,
  phone text NOT NULL,
  email text NOT NULL,
  languages text[] NOT NULL,
  f_tax boolean NOT NULL,
  -- Empty when not registered for VAT.
  vat_number text NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL
);
