"""What people keep in Facet: views of pages, where they start, notes on days, tours had."""
