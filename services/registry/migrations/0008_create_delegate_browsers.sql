-- In which browsers a delegate has logged in: a keyed hash of what stays with the browser, for each delegation anew, so that rows tell neither
-- what it was nor that two delegations know the same. Kept while the delegation lasts.
CREATE TABLE delegate_browser (
  delegation_id uuid NOT NULL REFERENCES delegation,
  browser_hash bytea NOT NULL CHECK (length(browser_hash) = 32),
  hash_key_id text NOT NULL,
  first_time timestamptz NOT NULL,
  PRIMARY KEY (delegation_id, browser_hash)
);
