"""Quarantine: rows that cannot be counted, by cause."""
