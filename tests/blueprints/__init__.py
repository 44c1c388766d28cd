"""The format of program files, without a database."""
