"""What is known about the districts that apply. Nothing here is about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.admissions.eligibility import place_facts
from throughline.admissions.models import Application, ApplicationPart
from throughline.evidence.graduating import GraduatingClass, graduating_classes
from throughline.forms.queries import answers_of
from throughline.people.models import Person
from throughline.programs.models import BlueprintVersion

LOCALE = "locale"
"""Stable key of the question in which an applicant says what kind of place the district is."""

LOCALES = {
    "city": gettext_lazy("City"),
    "suburb": gettext_lazy("Suburb"),
    "town": gettext_lazy("Town"),
    "rural": gettext_lazy("Rural"),
}
"""The four kinds of place of the National Center for Education Statistics, as applicants say them."""

BANDS = (
    (250, gettext_lazy("Under 250")),
    (1_000, gettext_lazy("250 to 999")),
    (3_000, gettext_lazy("1,000 to 2,999")),
    (None, gettext_lazy("3,000 and more")),
)
"""Sizes of a graduating class: below this many students."""


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """A district's state, its newest published graduating class, and what its applicant said it is."""

    state: str
    graduating: GraduatingClass | None = None
    locale: str = ""

    @property
    def locale_words(self) -> str:
        """Name the kind of place; empty where nobody said it."""
        return str(LOCALES[self.locale]) if self.locale in LOCALES else ""

    @property
    def band(self) -> int | None:
        """Return the place of its class among the bands; nothing without a published class."""
        if self.graduating is None:
            return None
        students = self.graduating.students
        return next(
            number for number, (end, _label) in enumerate(BANDS) if end is None or students < end
        )

    @property
    def low_income_words(self) -> str:
        """Say the share of its class that is economically disadvantaged: "71%"; empty if unknown."""
        share = self.graduating.low_income if self.graduating else None
        return share.words if share else ""

    @property
    def of_state_words(self) -> str:
        """Say the share of the whole state, in the same source and year; empty if unknown."""
        share = self.graduating.of_state if self.graduating else None
        if share is None:
            return ""
        return _("state (%(state)s): %(share)s") % {"state": self.state, "share": share.words}

    @property
    def words(self) -> str:
        """Say all of it in one line: "NC, suburb, 1,204"."""
        parts = [self.state, self.locale_words.lower()]
        if self.graduating is not None:
            parts.append(self.graduating.students_words)
        return ", ".join(part for part in parts if part)


def districts_of(person: Person, applications: Sequence[Application]) -> dict[str, DistrictFacts]:
    """Return what ``person`` may know about the districts of these applications, by their reference.

    Five queries, however many. The applications come with their district and its place.
    """
    places = {one.ref: one.engagement.district.place for one in applications}
    classes = graduating_classes(person, [place for place in places.values() if place])
    said = locales_of(applications)
    return {
        ref: DistrictFacts(
            place.where if place else "",
            classes.get(place.pk) if place else None,
            said.get(ref, ""),
        )
        for ref, place in places.items()
    }


def locales_of(applications: Sequence[Application]) -> dict[str, str]:
    """Return the kind of place that applicants said, by reference of the application. Two queries."""
    parts = ApplicationPart.objects.filter(application__in=applications)
    refs = dict(parts.values_list("submission", "application__ref"))
    given = answers_of(list(refs), key=LOCALE)
    return {
        refs[submission]: answer[LOCALE]
        for submission, answer in given.items()
        if answer.get(LOCALE) in LOCALES
    }


def rule_facts(
    version: BlueprintVersion,
    applications: Sequence[Application],
    locales: Mapping[str, str],
) -> dict[str, dict[str, Any]]:
    """Return what rules of selection may ask about each application, by its reference.

    The kind of place is what the applicant said. No source tells a district's enrollment yet, so
    ``district.size`` is not known; a graduating class does not stand in for it.
    """
    found = {}
    for one in applications:
        locale = locales.get(one.ref)
        said = {"district.locale": locale} if locale else {}
        found[one.ref] = {**place_facts(version, one.engagement.district.place), **said}
    return found
