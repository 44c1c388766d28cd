"""A draft of a program's next version: what it says, what is wrong, what differs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.blueprint.difference import Change, differences
from throughline.core.blueprint.faults import Fault
from throughline.core.errors import BadInput
from throughline.people.models import Person
from throughline.programs import hooks
from throughline.programs.blueprints import Looked
from throughline.programs.enums import VersionState
from throughline.programs.models import BlueprintVersion, Program


@dataclass(frozen=True)
class Draft:
    """A draft, the version it will follow, and all there is to say about it."""

    version: BlueprintVersion
    base: BlueprintVersion | None
    looked: Looked

    @cached_property
    def base_looked(self) -> Looked | None:
        """Return all there is to say about the version before."""
        return look_at(self.base.source) if self.base is not None else None

    @cached_property
    def changes(self) -> list[Change]:
        """Return what differs from the version before, number of the version aside."""
        if self.base_looked is None or self.base_looked.whole is None or self.looked.whole is None:
            return []
        found = differences(self.base_looked.whole.sections, self.looked.whole.sections)
        return [one for one in found if one.steps[:2] != ("blueprint", "version")]

    @property
    def errors(self) -> list[Fault]:
        """Return what keeps it from being published."""
        return self.looked.errors


def draft_of(program: Program) -> Draft | None:
    """Return the program's draft, if it has one. Two queries."""
    versions = list(
        program.versions.exclude(state=VersionState.RETIRED).order_by("-number").select_related()
    )
    version = next((one for one in versions if one.state == VersionState.DRAFT), None)
    if version is None:
        return None
    base = next((one for one in versions if one.state == VersionState.PUBLISHED), None)
    return Draft(version, base, look_at(version.source))


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A program with its newest published version and its draft."""

    program: Program
    published: BlueprintVersion | None
    draft: BlueprintVersion | None

    @property
    def day(self) -> date | None:
        """Return the day on which it was published."""
        at = self.published.published_at if self.published else None
        return at.date() if at else None


def programs_of(person: Person) -> list[ProgramLine]:
    """Return the programs that this person administers, with their versions. Two queries."""
    programs = (
        Program.objects.visible_to(person)
        .staffed_by(person)
        .prefetch_related(
            Prefetch(
                "versions",
                BlueprintVersion.objects.defer("source", "parsed").order_by("-number"),
            )
        )
        .order_by("name", "pk")
    )
    return [
        ProgramLine(
            program,
            next(
                (one for one in program.versions.all() if one.state == VersionState.PUBLISHED), None
            ),
            next((one for one in program.versions.all() if one.state == VersionState.DRAFT), None),
        )
        for program in programs
    ]


def look_at(source: str) -> Looked:
    """Return all that can be said about a file."""
    if hooks.LOOK is None:
        raise RuntimeError("composition has not said how blueprints are looked at")
    return hooks.LOOK(source)


def digest_of(source: str) -> str:
    """Return what tells one text of a draft from another: SHA-256 in lower-case hex."""
    return hashlib.sha256(source.encode()).hexdigest()


def readable(source: str) -> Looked:
    """Return what can be said about a file whose values have the right shape.

    Raises
    ------
    BadInput
        It cannot be kept as a draft; ``errors`` of the sentence name line, path and remedy.
    """
    looked = look_at(source)
    if looked.whole is None:
        raise Unreadable(looked)
    return looked


class Unreadable(BadInput):
    """A file that cannot be kept: its faults are shown beside the places they name."""

    def __init__(self, looked: Looked) -> None:
        count = len(looked.errors)
        super().__init__(
            ngettext(
                "One thing in the file cannot be read. It was not saved.",
                "%(count)d things in the file cannot be read. It was not saved.",
                count,
            )
            % {"count": count},
            field="source",
        )
        self.faults = looked.errors


def stale() -> BadInput:
    """Return what a tab is told whose draft was changed in another."""
    return BadInput(
        _(
            "This draft was changed in another window meanwhile. What you typed is kept below; "
            "save again to use it."
        ),
        field="seen",
    )
