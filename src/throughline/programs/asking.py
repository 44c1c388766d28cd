"""What the programs of a person ask her about herself."""

from __future__ import annotations

from throughline.people.blueprint import PeopleSection
from throughline.people.code_sets import CodeSet, packs
from throughline.people.identity import Asked
from throughline.people.models import Person
from throughline.programs.models import BlueprintVersion, Cohort
from throughline.programs.sections import section
from throughline.programs.words import reading, words_of


def asked_about_themselves(person: Person) -> list[Asked]:
    """Return the code sets of every cohort that this person has joined, in her language."""
    cohorts = Cohort.objects.joined_by(person).select_related("program", "version").order_by("pk")
    return [asked for one in cohorts for asked in _asked(one.version, one.program.key)]


def _asked(version: BlueprintVersion, program: str) -> list[Asked]:
    people = section(version, "people", PeopleSection)
    found = []
    for key in people.identity:
        if (pack := packs().get(key)) is not None:
            found.append(Asked(pack.key, pack.read_in(reading())))
        else:
            own = _filled(people.code_sets[key], version)
            found.append(Asked(f"{program}/{key}", own))
    return found


def _filled(own: CodeSet, version: BlueprintVersion) -> CodeSet:
    fill = words_of(version).fill
    plain = {name: fill(getattr(own, name)) for name in ("title", "ask", "about")}
    options = tuple((key, fill(label)) for key, label in own.options)
    return own.model_copy(update={**plain, "options": options})
