"""Several things at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connection

from throughline.core.errors import DomainError


def at_once(doings: Sequence[Callable[[], object]]) -> list[object]:
    """Do everything in threads of their own; return what each returned, or why it was refused.

    An error that is no refusal, such as one of the database, is raised.
    """
    results: list[object] = [None] * len(doings)
    broken: list[Exception] = []
    together = Barrier(len(doings))

    def run(place: int) -> None:
        together.wait()
        try:
            results[place] = doings[place]()
        except DomainError as error:
            results[place] = error
        except Exception as error:  # noqa: BLE001 - it is raised below, in the test's own thread
            broken.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(doings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in broken:
        raise error
    return results
