"""Use cases of teams, one a file."""
