"""The whole system as real processes, for `./dev run` and for the tests that span processes."""
