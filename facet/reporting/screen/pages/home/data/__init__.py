"""What Home tells: facts, before they are worded."""
