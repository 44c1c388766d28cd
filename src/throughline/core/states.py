"""Reading a table of states backwards."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TypeVar

State = TypeVar("State", bound=str)


def states_before(may_become: Mapping[State, Set[State]], state: State) -> list[State]:
    """Return the states from which ``state`` can be reached, in the order of the table."""
    return [before for before, after in may_become.items() if state in after]
