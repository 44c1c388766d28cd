"""What ``throughline match`` answers: a plan, and what was asked about it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from throughline.commands.match_reading import plain
from throughline.commands.speaking import Stop

if TYPE_CHECKING:
    from throughline.commands.match_kinds import Kind
    from throughline.engines.matching import Watch

SCHEMA_VERSION = 1
Answer = dict[str, Any]


def solved(asked: argparse.Namespace, kind: Kind, problem: Any, old: Any, watch: Watch) -> Answer:
    """Solve or repair, then answer what was asked besides.

    Raises
    ------
    Stop
        An option is not for this kind.
    """
    _check(asked, kind)
    from throughline.engines.matching import Limits

    options = {"limits": Limits(work=asked.work, seed=asked.seed), "watch": watch}
    own = {name: getattr(asked, name) for name in kind.takes if getattr(asked, name)}
    repaired = None
    if old is not None:
        own.pop("mode", None)
        repaired = kind.repair(problem, old, {**options, **own})
        plan = repaired.plan
    else:
        plan = kind.solve(problem, **options, **own)
    told = (
        {one.name: getattr(repaired, one.name) for one in fields(repaired) if one.name != "plan"}
        if repaired is not None
        else None
    )
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": kind.name,
        "plan": plan,
        "repair": told,
        "why": kind.explain(problem, plan, asked.explain, options) if asked.explain else None,
        "margins": kind.margins(problem, plan, **options) if asked.margins and kind.margins else None,
        "prices": kind.prices(problem, plan, **options) if asked.prices and kind.prices else None,
    }  # fmt: skip


def _check(asked: argparse.Namespace, kind: Kind) -> None:
    if asked.mode and asked.mode not in kind.modes:
        modes = ", ".join(kind.modes) or "none"
        raise Stop(f"--mode of {kind.name}: expected one of {modes}, got {asked.mode!r}.")
    if asked.mode and asked.repair:
        raise Stop("--repair keeps what it can and then takes the most points: it has no --mode.")
    if asked.partial and "partial" not in kind.takes:
        raise Stop(f"--partial is not for {kind.name}.")
    for name in ("margins", "prices"):
        if getattr(asked, name) and getattr(kind, name) is None:
            raise Stop(f"--{name} is not for {kind.name}.")


def as_table(kind: Kind, problem: Any, answer: Answer) -> str:
    """Return the plan as lines for a terminal, with how good it is and what was asked."""
    plan = answer["plan"]
    lines = [*_columns(list(kind.table(problem, plan))), "", *_certificates(plan)]
    for name in ("repair", "why", "margins", "prices"):
        if answer[name] is not None:
            lines += ["", name, *_lines(answer[name])]
    return "\n".join(lines) + "\n"


def _columns(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    width = max(len(row) for row in rows)
    texts = [[str(one) for one in row] + [""] * (width - len(row)) for row in rows]
    sizes = [max(len(row[at]) for row in texts) for at in range(width)]
    for row in texts:
        yield "  ".join(one.ljust(size) for one, size in zip(row, sizes, strict=True)).rstrip()


def _certificates(plan: Any) -> Iterator[str]:
    for one in fields(plan):
        value = getattr(plan, one.name)
        if type(value).__name__ == "Certificate":
            proof = (
                "proven: nothing is better"
                if value.bound == value.value
                else f"nothing passes {value.bound}"
            )
            yield f"{one.name.replace('_', ' ')}: {value.value}, {proof} ({value.kind})"


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for one in value:
            yield "  " + _short(one)
        return
    for name, one in plain(value).items():
        if one not in (None, "", [], {}):
            yield f"  {name.replace('_', ' ')}: {_short(one)}"


def _short(value: object) -> str:
    value = plain(value)
    if isinstance(value, dict):
        if value.get("rule") == "":
            value = {**value, "rule": "all together"}
        kept = {name: one for name, one in value.items() if one not in (None, "", [], {})}
        return ", ".join(f"{name.replace('_', ' ')} {_short(one)}" for name, one in kept.items())
    if isinstance(value, list):
        return "; ".join(_short(one) for one in value)
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )
