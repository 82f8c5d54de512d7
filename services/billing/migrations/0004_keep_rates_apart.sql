-- Two rates of one kind never hold on the same day. Ranges of one number stand for kind and F-tax, which GiST cannot compare as text.
ALTER TABLE rate ADD CONSTRAINT rates_do_not_overlap EXCLUDE USING gist (
  int4range(hashtext(kind || CASE WHEN f_tax THEN '+' ELSE '-' END), hashtext(kind || CASE WHEN f_tax THEN '+' ELSE '-' END), '[]') WITH &&,
  daterange(valid_from, valid_to, '[]') WITH &&
);
