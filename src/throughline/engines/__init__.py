"""Framework-free libraries: plain functions on plain values.

They know nothing of requests, rows, files or one another.
"""
