"""People of the page, and their figures."""
