"""Use cases of the ledger, one a file."""
