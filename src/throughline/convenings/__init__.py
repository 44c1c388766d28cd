"""Everything that has dates and seats: convenings and what is like them.

Owns events and their half-day blocks, agenda, registrations and seats. Does not own the clock,
replies or attendance (``meetings``: a block is an occasion), coaching sessions, grants or money.

Words: an *event* has dates and seats; a *block* is a half-day of it, the unit of attendance; a
*registration* is a district's booking; a *seat* is one person's place.
"""
