"""What people keep in Facet: views, where they start, what they are sent, notes, tours had."""
