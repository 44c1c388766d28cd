"""Use cases of programs, one a file."""
