"""Parts of pages: tiles, charts, tables, lists of orders, exports."""
