"""The way from a call for applications to an accepted seat.

Owns calls, applications and their parts, what eligibility rules answered and which cases a person
decided, readers and their ties, reviews and scores, the selection, decisions and the waitlist.
Does not own the district's engagement (programs) or the team that applies (teams): an application
points at both, so a roster is a team in state *proposed* and nothing is copied at selection. Does
not own answers (forms), letters (messaging) or anything about an applicant's demographics.

Words: a *reader* reviews applications; a *tie* is what others call a conflict of interest and is
no fault; a *coin-flip* is a place that the scores alone cannot give to one of two; a decision is
*staged* until all of them are *released* together.
"""
