"""Campaigns: goals, results, and where orders came from."""
