"""Inquiry: the equity challenge of a team, its versions, and what it is known by.

Owns challenges, the evidence they cite, and reasons for evidence that is missing. Does not own
figures or findings (``evidence``), listening (``listening``), measures or tests (``progress``).

Words: an *equity challenge* says who lives through what, where and since when, and names neither
a solution nor a fault of students; a *version* is what the team was asked to agree to.
"""
