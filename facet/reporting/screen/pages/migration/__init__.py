"""Migration: what has moved, and what the new schema is worth."""
