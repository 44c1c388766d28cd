"""What a page shows, as a file to print or keep."""
