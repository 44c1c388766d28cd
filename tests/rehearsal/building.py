"""Builds a small demo in a process of its own: ``python -m tests.rehearsal.building TODAY SEED``.

The data folder is that of ``THROUGHLINE_HOME``.
"""

from __future__ import annotations

import sys
from datetime import date

import django
from django.core.management import call_command

SMALL = 5
"""How many districts apply."""


def main(today: str, seed: str) -> None:
    """Migrate an empty database and play RELN into it."""
    django.setup()
    from throughline.rehearsal.play import build_demo

    call_command("migrate", verbosity=0, interactive=False)
    build_demo(None, date.fromisoformat(today), int(seed), print, districts=SMALL)


if __name__ == "__main__":
    main(*sys.argv[1:])
