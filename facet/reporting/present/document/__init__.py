"""What a page or a report shows, as a file: PDF, picture or workbook."""
