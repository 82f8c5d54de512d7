"""Stories on real processes, one module each."""
