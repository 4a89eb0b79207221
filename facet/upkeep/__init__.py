"""Looking after a home: backing it up, restoring it, and bringing it to this version."""
