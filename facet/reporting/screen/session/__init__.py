"""State of one rerun: the view, the address, what was chosen."""
