"""Customers as the page reads them: persons by segment, cohorts, leads."""
