"""What spans processes or guards the whole repository."""
