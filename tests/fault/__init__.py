"""What the system does when a part of it is down, stopped or killed."""
