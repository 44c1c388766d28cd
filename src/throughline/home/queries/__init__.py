"""Reads that span apps, one page a file."""
