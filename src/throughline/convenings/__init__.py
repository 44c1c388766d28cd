"""Convenings, learning sessions and events: dates, registration, seats, check-in.

Owns events with seats and their agenda. Does not own attendance (meetings), what was promised
(ledger) or standing groups (teams).
"""
