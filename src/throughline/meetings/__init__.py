"""Time with people, whatever it is called: occasions, zones, invitations, replies, attendance.

Owns commitments and calendar feeds too. Does not own seats and dates of an event (``convenings``),
what a coaching session was about (``coaching``) or hours left (``ledger``).

Words: an *occasion* is any stretch of time with people; its truth is local (``day``,
``starts_local``, ``zone``) and ``starts_at`` follows. A *mark* says who was there. A *commitment*
is who does what by when: the only kind of promised work in the product.
"""
