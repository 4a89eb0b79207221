"""The staff as the page reads them: hours and shifts, cover, evaluations, requests."""
