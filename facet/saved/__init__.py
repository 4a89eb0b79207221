"""What people keep in Facet: views of pages, where they start, what they are sent, and notes."""
