"""Work that outlives a request: a queue in the database, claimed by lease.

Owns jobs, when they run again, and what repeats. Does not own what a job does (a thin function in
the app that asked) nor its result (rows of that app). A job holds a short name, a key and ids:
no text of people, no Python path, no pickle. See docs/adr/0002-jobs.md.
"""
