"""Access: who looked at what."""
