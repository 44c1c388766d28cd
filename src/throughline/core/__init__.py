"""What every app stands on: decisions, errors, tiers, page audiences, time, references.

Owns no models and no words of any program. Imports nothing of Throughline.
"""
