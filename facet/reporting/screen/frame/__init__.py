"""The frame of every page: entry, menu, filters, footer."""
