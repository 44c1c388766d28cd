"""The trail: who changed what, who looked at what, and what has been done once.

Owns append-only events with plain ids. Does not own contents (names of fields, never values),
persons, or who may read the trail: that is people's.
"""
