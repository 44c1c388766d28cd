"""Formulas, one idea a file, vectorized over a whole table. They know nothing of groups or words.

Counts come in as integer arrays of shape (G,), answers go out as arrays of the same shape. Inside
this folder an answer that does not exist is NaN; what leaves the engine carries masks instead.
"""
