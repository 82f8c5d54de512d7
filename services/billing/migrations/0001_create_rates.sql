-- Rates of compensation: law as data. A rate is never changed; a new one gets a row, and the one before it its last day.
CREATE TABLE rate (
  kind text NOT NULL CHECK (kind IN ('HOURLY_NORM', 'TIME_LOSS_DAY', 'TIME_LOSS_OTHER', 'MILEAGE_OWN_CAR', 'VAT')),
  -- With F-tax or without; NULL where it plays no part.
  f_tax boolean CHECK ((f_tax IS NULL) = (kind IN ('MILEAGE_OWN_CAR', 'VAT'))),
  -- Öre per hour, öre per km, or basis points.
  amount bigint NOT NULL CHECK (amount > 0),
  valid_from date NOT NULL,
  -- The last day; NULL while in force.
  valid_to date CHECK (valid_to >= valid_from),
  source text NOT NULL,
  -- Computed from a published figure by a published rule.
  derived boolean NOT NULL
);

CREATE UNIQUE INDEX rate_start ON rate (kind, COALESCE(f_tax, true), valid_from);
