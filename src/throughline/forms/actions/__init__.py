"""Use cases of forms, one file each."""
