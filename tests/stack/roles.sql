-- Three roles for a schema: owner (migrations alone), app (what serves), sequencer (numbers events, seals audit rows). Run by the
-- superuser before the first migration; harmless when run again. :schema is the service's name.
SELECT format('CREATE ROLE %I LOGIN', role)
  FROM unnest(ARRAY['bitrade_' || :'schema' || '_owner', 'bitrade_' || :'schema' || '_app', 'bitrade_' || :'schema' || '_sequencer']) AS role
 WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role) \gexec
SELECT format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', :'schema', 'bitrade_' || :'schema' || '_owner') \gexec
SELECT format('GRANT USAGE ON SCHEMA %I TO %I, %I', :'schema', 'bitrade_' || :'schema' || '_app', 'bitrade_' || :'schema' || '_sequencer') \gexec
SELECT format('ALTER ROLE %I SET search_path = %I', role, :'schema')
  FROM unnest(ARRAY['bitrade_' || :'schema' || '_owner', 'bitrade_' || :'schema' || '_app', 'bitrade_' || :'schema' || '_sequencer']) AS role \gexec
SELECT format('ALTER ROLE %I SET %s', role, setting)
  FROM unnest(ARRAY['bitrade_' || :'schema' || '_app', 'bitrade_' || :'schema' || '_sequencer']) AS role,
       unnest(ARRAY['statement_timeout = ''5s''', 'lock_timeout = ''3s''', 'idle_in_transaction_session_timeout = ''10s''']) AS setting \gexec
