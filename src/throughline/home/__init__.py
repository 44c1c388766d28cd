"""Pages that show many apps at once: the public page, "next for me", the director's cohort.

Owns no tables and changes nothing: it reads what other apps offer.
"""
