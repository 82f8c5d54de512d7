"""Checks of the house itself. Each names the offender."""
