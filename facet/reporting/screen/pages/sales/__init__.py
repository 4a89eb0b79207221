"""Sales: from gross to total."""
