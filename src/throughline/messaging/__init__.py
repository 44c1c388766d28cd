"""What is sent, to whom, and whether it arrived.

Owns templates, the outbox (drafted, held, released, sent), one delivery for each reader, and the
one door through which mail leaves. Does not own who owes what (each app computes its reminders)
or discussion among members.

Words: a *message* is one sending; a *delivery* is that message to one person; *service* and
*action* mail cannot be switched off, *news* comes at most once a day.
"""
