"""What people keep in Facet: views of pages, where they start, and notes on days."""
