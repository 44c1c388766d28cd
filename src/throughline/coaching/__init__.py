"""Coaches, their sessions and the catalog of services.

Owns who coaches whom, sessions and notes. Does not own when people met (meetings), what was
promised (ledger) or whom a coach is in the network (people).
"""
