"""What was promised, to whom, and what became of it.

Owns promises, entitlements and the entries that draw on them. Does not own the occasions that
deliver (they point here) or prices. Balances are computed, never stored.

Words: a *promise* is a line of the blueprint for one cohort; an *entitlement* is what one holder
has of it; an *entry* grants, books, delivers or corrects, and is never changed.
"""
