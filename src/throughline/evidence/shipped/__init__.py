"""Public figures that come with the product, compact and with their provenance.

``rates.parquet`` holds every school's printed graduation rate by group and year, ``places.csv``
the states, districts and schools named in it, ``state_rates_2015.csv`` what the states published
themselves, ``provenance.json`` where all of it comes from. ``build`` makes them again from the
original files; ``reading`` is the only way to them.
"""
