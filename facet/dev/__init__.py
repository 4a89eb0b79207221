"""Development: what is edited is built beside what is served, and shown on pages of its own."""
