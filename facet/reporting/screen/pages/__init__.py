"""A folder per page; none knows another."""
