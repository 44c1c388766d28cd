"""Teams from proposal to end, who sits in them, invitations, and rules that were waived.

Owns the roster and its history. Does not own meetings and commitments (``meetings``), challenges
(``inquiry``) or what a role allows (``people``).

Words: a *ring* is a kind of team that the blueprint declares ("design-team"); a roster in an
application *is* a team in state proposed, and accepting an offer moves it on.
"""
