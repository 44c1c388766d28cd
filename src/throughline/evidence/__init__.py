"""Evidence: data sets, snapshots, questions asked of them, and findings that people keep.

Owns what the figures of a release mean in words: questions, comparators, ranges, coverage,
sentences, findings with a tier. Does not compute (``engines``), does not decide what may be shown
(``releases``), and never shows a number that is not in a release.

Words: a *district* is a place; a *student group* is named with its students; *percent* is a rate,
*percentage points* is a difference of two; the *comparator* is what a group is compared with and
always has a name.
"""
