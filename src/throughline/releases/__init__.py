"""Releases: the one door through which numbers about people leave.

Owns populations, the frozen cells of a snapshot, what each audience will see of them (plans) and
has seen (books, releases, entries). Does not own files, questions in words or sentences
(``evidence``), answers (``responses``), nor computing (``engines``).

A *counted* figure was made here from rows and is suppressed before it leaves; a *published* one
enters as a public source printed it, unsuppressed and never rounded again. Reading a page never
makes a release.
"""
