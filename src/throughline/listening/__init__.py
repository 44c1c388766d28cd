"""Voices: surveys, listening sessions, interviews, and what people hear back.

Owns what a program says about listening. Does not own questions (forms) or anonymous answers
(responses).
"""
