"""Use cases of admissions, one file each."""
