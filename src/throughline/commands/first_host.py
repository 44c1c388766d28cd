"""Print the one-time path of an empty installation; print nothing when a network exists."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import django


def main(_arguments: Sequence[str]) -> int:
    """Make a link if there is no network yet."""
    django.setup()

    from django.urls import reverse

    from throughline.core import clock
    from throughline.people.actions.one_time_links import START, make_link
    from throughline.people.models import Network

    if not Network.objects.exists():
        code = make_link(START, now=clock.now())
        sys.stdout.write(reverse("people:start", args=[code]) + "\n")
    return 0


if __name__ == "__main__":
    from throughline.cli import guarded

    sys.exit(guarded(main, sys.argv[1:]))
