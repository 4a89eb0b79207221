"""Campaigns and goals as the page reads them, and the orders behind their numbers."""
