"""What a build would change: its marts and metrics beside those that are served, by tenant."""
