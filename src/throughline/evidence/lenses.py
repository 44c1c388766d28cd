"""By what a program looks at results: its own list; categories of US files are only one pack."""

from __future__ import annotations

from dataclasses import dataclass

from throughline.evidence.blueprint import EvidenceSection
from throughline.evidence.groups import EVERYTHING, LENSES
from throughline.people.models import Person, Scope
from throughline.programs.models import BlueprintVersion, Cohort
from throughline.programs.sections import section

SAME = {"economic": "income"}
"""What programs call a lens of the federal file."""


@dataclass(frozen=True, slots=True)
class Lenses:
    """By what a program looks at results, as pairs of key and label."""

    own: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> list[str]:
        """Return the program's dimensions; without a list of its own, those of the pack."""
        pack = [str(label) for key, label in LENSES.items() if key != EVERYTHING]
        return [label for _key, label in self.own] or pack

    def choices(self) -> list[tuple[str, str]]:
        """Return what the federal file can be read by: the program's first, in its words."""
        pack = {key: str(label) for key, label in LENSES.items()}
        named = {SAME.get(key, key): label for key, label in self.own}
        first = {key: label for key, label in named.items() if key in pack}
        offered = {EVERYTHING: pack[EVERYTHING], **first}
        rest = {key: label for key, label in pack.items() if key not in offered}
        return [*offered.items(), *rest.items()]

    def unknown(self) -> list[str]:
        """Return the program's dimensions that the federal file does not have."""
        return [label for key, label in self.own if SAME.get(key, key) not in LENSES]


def lenses_of(version: BlueprintVersion | None) -> Lenses:
    """Return those of a program's file; none for whoever is in no program."""
    if version is None:
        return Lenses()
    return Lenses(tuple(section(version, "evidence", EvidenceSection).lenses))


def lenses_for(person: Person) -> Lenses:
    """Return those of the newest cohort that this person is in, or else staffs. Two queries at most."""
    for cohorts in (Cohort.objects.joined_by(person), Cohort.objects.staffed_by(person)):
        found = cohorts.select_related("version").order_by("-starts_on", "-pk").first()
        if found is not None:
            return lenses_of(found.version)
    return Lenses()


def lenses_at(scope: Scope | int) -> Lenses:
    """Return those of the cohort that a scope lies in. One query."""
    above = Cohort.objects.filter(scope__paths_down__descendant=scope).select_related("version")
    found = above.first()
    return lenses_of(found.version if found is not None else None)
