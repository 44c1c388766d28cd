"""What members share: directory, groups, asks and offers, library.

Owns what a program says about its commons. Does not own persons (people) or messages (messaging).
"""
