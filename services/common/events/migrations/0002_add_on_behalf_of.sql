-- The counsel for whom a delegate did it; NULL for whoever acts as himself.
ALTER TABLE event ADD COLUMN on_behalf_of uuid;
