"""What a later version changes for a cohort that is open, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from throughline.core.blueprint.difference import Change, differences
from throughline.programs import hooks
from throughline.programs.drafts import look_at
from throughline.programs.models import BlueprintVersion, Cohort
from throughline.programs.moves import said
from throughline.programs.naming import Names
from throughline.programs.replanning import Shift, shifts_of

EFFECTS: tuple[tuple[tuple[str, ...], Lazy], ...] = (
    (("program", "length"), _("Moves what lies ahead and is not pinned.")),
    (("program", "calendar"), _("Moves what lies ahead and is not pinned.")),
    (("program", "phases"), _("Moves what lies ahead and is not pinned.")),
    (("program", "cohort"), _("Adds places at once; takes away only free ones.")),
    (("program", "hosts"), _("On pages at once.")),
    (("program",), _("On pages at once; no record changes.")),
    (("convenings",), _("Moves what lies ahead and is not pinned.")),
    (("learning",), _("Moves what lies ahead and is not pinned.")),
    (("teams", "meetings"), _("Moves what lies ahead and is not pinned.")),
    (("teams",), _("From today; no team is dissolved.")),
    (("people",), _("From today; past roles keep their dates.")),
    (("coaching",), _("From today; logged sessions stay.")),
    (("forms",), _("For whoever begins from now on; answers stay with the form they were given to.")),
    (("rubrics",), _("For the next call; scores stay with the rubric they were given to.")),
    (("admissions",), _("For the next call; for this one only before it opens.")),
    (("ledger", "entitlements"), _("More is granted at once; nobody loses what was promised.")),
    (("ledger",), _("Computed again; nobody loses a standing already granted.")),
    (("billing",), _("For future agreements; a signed one keeps its price.")),
)  # fmt: skip
"""How a changed path reaches a running cohort; the first that fits holds."""

AT_ONCE = _("At once; no record changes.")


@dataclass(frozen=True, slots=True)
class Effect:
    """One changed path, and how it reaches the cohort."""

    change: Change
    name: str
    how: str

    @property
    def before(self) -> str:
        """Return what holds now, as people read it."""
        return said(self.change.before)

    @property
    def after(self) -> str:
        """Return what would hold."""
        return said(self.change.after)


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an upgrade does to a cohort, before anybody decides."""

    effects: Sequence[Effect]
    shifts: Sequence[Shift]
    people: Sequence[str]


ForWhom = Callable[[Cohort, BlueprintVersion], Sequence[str]]


def preview_of(cohort: Cohort, version: BlueprintVersion, *, today: date) -> Preview:
    """Return what changes for whom if the cohort goes on under this version.

    Raises
    ------
    BadInput
        No dates fit.
    """
    names = Names(look_at(version.source))
    return Preview(
        [
            Effect(one, names.of(one.path), effect_of(one))
            for one in changes_between(cohort.version, version)
        ],
        shifts_of(cohort, version=version, starts_on=cohort.starts_on, today=today),
        [line for ask in hooks.UPGRADE_FOR_WHOM for line in ask(cohort, version)],
    )


def changes_between(left: BlueprintVersion, joined: BlueprintVersion) -> list[Change]:
    """Return what differs in meaning, number of the version aside."""
    before, after = look_at(left.source).whole, look_at(joined.source).whole
    if before is None or after is None:
        return []
    found = differences(before.sections, after.sections)
    return [one for one in found if one.steps[:2] != ("blueprint", "version")]


def effect_of(change: Change) -> str:
    """Say how a changed path reaches a cohort that is open."""
    return str(next((how for steps, how in EFFECTS if change.is_in(*steps)), AT_ONCE))
