"""Data of a release: the gateway to a tenant's file, metrics and marts through it."""
