"""Programs and their blueprints, cohorts and seats, district engagements, phases, the calendar.

Owns what a cohort is made of and how a leader is succeeded. Does not own teams (``teams``), what
was promised (``ledger``), people and their roles (``people``), or how a place is won
(``admissions``).

Words: a *program* is what a host offers; a *cohort* is one run of it; a *district engagement* is
one district in one cohort, from the first line of its application to the end. It is what lasts:
people come and go.
"""
