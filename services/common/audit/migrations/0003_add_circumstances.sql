-- What surrounded an event beside the columns that every row has: address, order, kind of e-legitimation, why. One flat object of texts, written by
-- audit::Circumstances alone. Rows from before have none, and the text that was sealed of them stays what it was.
ALTER TABLE audit ADD COLUMN circumstances jsonb NOT NULL DEFAULT '{}';
