-- What delegates did, in the order in which it was sealed: retention reads it for the counsel's activity list.
CREATE INDEX audit_of_delegates ON audit (position) WHERE ground = 'DELEGATE' AND outcome = 'OK';
