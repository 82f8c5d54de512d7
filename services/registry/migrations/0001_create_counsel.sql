-- The register of counsel (JUDITH), each under the id that identity gave the person: no identity number is kept here.
CREATE TABLE counsel (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  qualification text NOT NULL CHECK (qualification IN ('ADVOCATE', 'ASSOCIATE', 'OTHER_LAWYER')),
  listing text NOT NULL CHECK (listing IN ('LISTED', 'ON_REQUEST_ONLY', 'REMOVED', 'INELIGIBLE')),
  protection_level text NOT NULL CHECK (protection_level IN ('UNPROTECTED', 'SECRECY_MARKER', 'PROTECTED_REGISTRATION', 'ASSUMED_IDENTITY')),
  workplace_street text,
  workplace_postal_code text CHECK (workplace_postal_code ~ '^[1-9][0-9]{4}$'),
  workplace_city text,
  phone text,
  email text,
  agency_channel text NOT NULL,
  languages text[] NOT NULL,
  f_tax boolean NOT NULL,
  -- Empty when not registered for VAT.
  vat_number text NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  -- Protected identity is absence: there is nothing to leak, and only the way through the agency.
  CONSTRAINT protected_has_no_contact CHECK (CASE WHEN protection_level = 'UNPROTECTED'
    THEN num_nulls(workplace_street, workplace_postal_code, workplace_city, phone, email) = 0
    ELSE num_nonnulls(workplace_street, workplace_postal_code, workplace_city, phone, email) = 0 AND agency_channel <> '' END)
);
