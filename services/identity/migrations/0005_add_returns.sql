-- A log-in on the same device opens the app by a link, and gives a session only to the browser that began it and has come back with the order's
-- nonce, of which the SHA-256 is kept. A browser that begins anew comes with its earlier cookie: of log-ins after the same one, one is open.
ALTER TABLE login
  ADD COLUMN replaces bytea CHECK (length(replaces) = 32),
  ADD COLUMN nonce_hash bytea UNIQUE CHECK (length(nonce_hash) = 32),
  ADD COLUMN return_time timestamptz CHECK (return_time IS NULL OR nonce_hash IS NOT NULL),
  ADD COLUMN return_page text NOT NULL DEFAULT '',
  -- From which address the browser asked, sealed; erased when the log-in has ended.
  ADD COLUMN address bytea,
  -- Whether the app answered from another address; NULL where nobody compared.
  ADD COLUMN address_differs boolean;
CREATE UNIQUE INDEX login_open_after ON login (replaces) WHERE state = 'PENDING';
