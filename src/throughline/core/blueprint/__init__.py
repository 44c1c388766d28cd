"""What every section of a program's file is built from: phrases, tables, located errors.

Owns the small languages (amounts, spans, money, moments, conditions), the base of all tables, the
lines that a mistake stands on, the canonical form and its hash. Knows no section by name and loads
no Django: a file can be checked on any machine.
"""
