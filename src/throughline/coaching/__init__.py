"""Coaches, who coaches whom, what a session was, and notes that stay between people.

Does not own times, attendance or commitments (``meetings``), hours left (``ledger``), goals
(``teams``) or strategies (``inquiry``).

Words: a *coaching engagement* is one coach beside one leader or one team; a *coaching session* is
time they spent; a *note* has a tier of its own. The host's staff see days, minutes, modes and
topics, never a note.
"""
