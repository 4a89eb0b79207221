"""What pages are made of: tiles, charts, tables, lists of orders, exports."""
