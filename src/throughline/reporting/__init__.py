"""Reports to hosts, funders and districts.

Owns what a program says about its reports. Does not own the figures in them (releases, ledger).
"""
