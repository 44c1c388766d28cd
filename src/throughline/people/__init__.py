"""Who is who: networks and the scope tree, places, organizations, persons, accounts, dated roles.

Owns what is subtracted from roles (conflicts, blindness, minority), delegation, sealing keys and
the rule who reads a tiered text. Does not own what a role allows (each app's rules), membership
of a team (``teams``) or signed agreements (``forms``).

Words: a *person* is a human as one network knows her; an *account* is a way to sign in; a *scope*
is where roles are held and texts live.
"""
