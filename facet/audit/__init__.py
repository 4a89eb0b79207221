"""The audit trail: who looked at what, and what was done with it."""
