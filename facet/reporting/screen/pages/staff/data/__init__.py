"""Whose performance the page shows, and what it reads of it."""
