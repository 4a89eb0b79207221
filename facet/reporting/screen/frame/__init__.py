"""What is around every page: the way in, menu, filters, footer."""
