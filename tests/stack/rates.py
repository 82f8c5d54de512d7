"""Rates for a year of which none are published yet, or not taken in: what is shown and tested here goes on after New Year's Eve. In earnest such a
day is answered RATE_UNKNOWN, and docs/how-to/change-a-rate.md says what to do."""

INVENTED = "Invented for development, where none is published"
WITHDRAW = f"DELETE FROM billing.rate WHERE source = '{INVENTED}'"
# Of every kind that held until all did: one that ended before had its reason.
INVENT = f"""
INSERT INTO billing.rate (kind, f_tax, amount, valid_from, valid_to, source, derived)
SELECT kind, f_tax, amount, valid_to + 1, NULL, '{INVENTED}', true
FROM billing.rate WHERE valid_to = (SELECT max(valid_to) FROM billing.rate) AND valid_to < '{{today}}'"""


def withdraw(postgres):
    """Makes room for what a migration brings."""
    if postgres.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'billing' AND tablename = 'rate'"):
        postgres.execute(WITHDRAW)


def invent(postgres, today):
    """Lets the rates of the last year that is known go on, where `today` (a date) is after it."""
    postgres.execute(INVENT.format(today=today))
