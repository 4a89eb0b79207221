"""Promotions as the page reads them: figures, what they are made of, and days."""
