"""Alerts: states that need somebody, and one message when each begins and when it ends."""
