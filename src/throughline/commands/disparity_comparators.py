"""With whom the groups of each table are compared, from what the person wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from throughline.commands.speaking import Stop

if TYPE_CHECKING:
    from throughline.engines.disparity.comparators import Comparator
    from throughline.engines.disparity.tables import Table


def comparators_for(text: str, tables: Sequence[Table]) -> list[Comparator | None]:
    """Return the comparator of each table, None where the named group is of other attributes.

    Raises
    ------
    Stop
        No table has such a group.
    """
    found = [_comparator(text, table) for table in tables]
    if any(found):
        return found
    names = dict.fromkeys(name for table in tables for name in table.by)
    there = dict.fromkeys(label for table in tables for group in table.groups for label in group)
    raise Stop(
        f"There is no group {text!r} by {' or '.join(names)}. Compare with one of: "
        f"{', '.join(there)}; or with all-others, everyone, highest or goal:0.8."
    )


def _comparator(text: str, table: Table) -> Comparator | None:
    from throughline.engines.disparity.comparators import AllOthers, Everyone, Goal, Group, Highest

    plain: dict[str, Comparator] = {
        "all-others": AllOthers(),
        "everyone": Everyone(),
        "highest": Highest(),
    }
    if text in plain:
        return plain[text]
    if text.startswith("goal:"):
        return Goal(_share(text.removeprefix("goal:")))
    labels = {label for group in table.groups for label in group}
    given = [text] if text in labels else [part.strip() for part in text.split(",")]
    named = [part for part in given if part in labels]
    return Group(_ordered(named, table)) if named else None


def _ordered(named: Sequence[str], table: Table) -> tuple[str, ...]:
    """Return the labels in the order of the attributes, where they are those of one row."""
    rows = [group for group in table.groups if sorted(group) == sorted(named)]
    return rows[0] if len(rows) == 1 else tuple(named)


def _share(text: str) -> str:
    from throughline.engines.disparity.values import exact

    if exact(text) is None:
        raise Stop(f"goal:{text} is no goal. Write a share above 0 and up to 1, such as goal:0.8.")
    return text
