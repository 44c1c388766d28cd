"""The look of every page: styles, shell, form renderer, charts, and tags that spell dates and words.

Owns no tables and knows no person, program or rule: what a page shows is handed to it. It does not
decide who may see what, and it never links into another app; navigation is given to it.
"""
