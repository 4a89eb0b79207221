"""What the page Products reads."""
