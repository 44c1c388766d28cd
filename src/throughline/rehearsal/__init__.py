"""Plays a blueprint on a simulated clock with made-up people, through the actions that pages call.

Owns no tables. What it makes is what a network would have made: it never writes a row that an
action would refuse. Names are made up; districts and their figures are real and say their source.
"""
