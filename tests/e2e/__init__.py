"""What a user does, from log-in to the end of sight."""
