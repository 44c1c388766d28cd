"""Aims, measures and claims: whether anything changed for students.

Owns what a program says about progress. Does not own challenges (inquiry) or figures (releases).
"""
