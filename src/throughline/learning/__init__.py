"""Courses in weeks: activities, each learner's plan and work, the project at the end.

Owns what a program says about its course. Does not own the problem of practice (inquiry), the
private journal (people), small groups (teams) or certificates (ledger).
"""
