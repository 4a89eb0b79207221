"""What one rerun knows: the view, the address, what was chosen."""
