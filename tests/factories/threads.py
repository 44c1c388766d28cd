"""Several things at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connection

from throughline.core.errors import DomainError


def at_once(doings: Sequence[Callable[[], object]]) -> list[object]:
    """Do everything in threads of their own; return what each returned, or what it raised."""
    results: list[object] = [None] * len(doings)
    together = Barrier(len(doings))

    def run(place: int) -> None:
        together.wait()
        try:
            results[place] = doings[place]()
        except DomainError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(doings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
