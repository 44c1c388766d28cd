"""Prices, grants and payouts: what a program costs and who pays.

Owns what a program says about money. Does not own what was promised or delivered (ledger).
"""
