"""Which backups this version can take in: its own and older ones. Loads no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import throughline
from throughline import cli
from throughline.commands.backup_facts import Facts
from throughline.commands.backup_file import Manifest
from throughline.commands.speaking import Stop


def refuse_newer(manifest: Manifest) -> None:
    """Refuse a backup of a later version, or one whose tables took steps that are unknown here.

    Raises
    ------
    Stop
        It is one.
    """
    unknown = [
        f"{app}.{name}"
        for app, names in manifest.facts.steps.items()
        for name in names
        if not any((folder / f"{name}.py").exists() for folder in _steps_of(app))
    ]
    if not unknown and _numbers(manifest.version) <= _numbers(cli.version()):
        return
    why = f"; it knows {unknown[0]}, which this one does not" if unknown else ""
    raise Stop(
        f"This backup was made by a newer Throughline ({manifest.version}, here is "
        f"{cli.version()}{why}). Install that version first."
    )


def has_all_steps(facts: Facts) -> bool:
    """Return whether nothing is left to do: no step of ours, none of an app that is known there.

    Steps of a package that came since are taken when the server starts, as always.
    """
    ours = {folder.parent.name for folder in Path(throughline.__path__[0]).glob("*/migrations")}
    return all(
        {step.stem for folder in _steps_of(app) for step in folder.glob("0*.py")}
        == set(facts.steps.get(app, []))
        for app in ours | set(facts.steps)
    )


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def _steps_of(app: str) -> Iterator[Path]:
    """Yield where the migrations of an app may be: ours, Django's, those of sign-in."""
    for package, inside in (("throughline", ""), ("django", "contrib"), ("allauth", "")):
        found = find_spec(package)
        for root in (found.submodule_search_locations or []) if found else []:
            yield Path(root) / inside / app / "migrations"
