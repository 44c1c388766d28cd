"""The page about all measures, written from the registry so that it cannot say something else."""

from __future__ import annotations

from collections.abc import Iterator

from throughline.engines.disparity.further import FURTHER, Further
from throughline.engines.disparity.registry import DEFAULT, MEASURES, Measure
from throughline.engines.disparity.sources import SOURCES

HEAD = """# Measures

Written from the registry (`engines/disparity/registry.py` and `further.py`) by
`engines/disparity/reference.py`; a test compares this page with it. Change the registry, then write
the page again: `python -m throughline.engines.disparity.reference > docs/developer/measures.md`.

Notation: the group has x events among n students with a known outcome, its comparator y among m,
everyone X among N; p = x/n, q = y/m, w = n/N; z = 1.959963984540054, so intervals are 95 %. A rate
is a share (0 to 1), a difference of rates is in percentage points, a relative difference in percent:
three units that are never mixed.

A comparator is always named: `all-others` (everyone not in the group), `everyone`, a `group` of the
table, `highest` (the group that does best: the lowest rate when the outcome is bad; at least 10
students, never the missing), or a `goal`. Everyone includes the group, so intervals against everyone
are those against all others, mapped. Where students may be in several groups there is no complement
and no composition, and a comparison of two groups has no interval.

A measure that does not exist is a gap in the table with no number, never zero. No event and events
for all are rates like any other.
"""


def page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    yield "## Of a table of groups\n"
    yield f"Without a choice `compare` gives {', '.join(f'`{name}`' for name in DEFAULT)}.\n"
    for measure in MEASURES:
        yield from _entry(measure)
    for topic in dict.fromkeys(entry.topic for entry in FURTHER):
        yield f"## {topic}\n"
        for entry in FURTHER:
            if entry.topic == topic:
                yield from _further(entry)
    yield "## Sources\n"
    for source, citation in SOURCES.items():
        yield f"- `{source}`: {citation}"


def _entry(measure: Measure) -> Iterator[str]:
    against = ", ".join(f"`{kind}`" for kind in measure.comparators) or "nobody"
    if measure.own is not None:
        against = f"always `{measure.own.kind}`"
    students = "student" if measure.floor == 1 else "students"
    yield f"### {measure.name} (`{measure.id}`)\n"
    yield f"- Formula: {measure.formula}."
    yield f"- Unit: {measure.unit}. Compared with: {against}."
    yield f"- Polarity: {measure.polarity}"
    yield f"- Floor: {measure.floor} {students} with a known {_outcome(measure)}."
    yield f"- Source: {_cited(measure.sources)}.\n"


def _outcome(measure: Measure) -> str:
    return "score" if measure.of_scores else "outcome"


def _further(entry: Further) -> Iterator[str]:
    where = f"{entry.function.__module__.rpartition('.')[2]}.{entry.function.__name__}"
    yield f"### {entry.name} (`{entry.id}`)\n"
    yield f"- Formula: {entry.formula}."
    yield f"- Unit: {entry.unit}. Takes: {entry.takes} (`measures/{where}`)."
    yield f"- Polarity: {entry.polarity}"
    yield f"- Floor: {entry.floor}."
    yield f"- Source: {_cited(entry.sources)}.\n"


def _cited(sources: tuple[str, ...]) -> str:
    return "; ".join(SOURCES[source] for source in sources)


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
