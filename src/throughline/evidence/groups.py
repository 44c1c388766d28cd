"""Student groups as the federal file keys them, named people first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALL = "ALL"
"""Everyone in the cohort: the comparator until a person chooses another."""

LOW_INCOME = "ECD"
"""Students whom their state counts as economically disadvantaged, each by a rule of its own."""


@dataclass(frozen=True, slots=True)
class Group:
    """A student group: how rows name it, how a sentence does, and how a narrow label does."""

    key: str
    label: str | Promise
    short: str | Promise
    lens: str


GROUPS: dict[str, Group] = {
    group.key: group
    for group in (
        Group(ALL, _("All students"), _("All students"), "all"),
        Group("MAM", _("American Indian and Alaska Native students"), _("American Indian"), "race"),
        Group(
            "MAS", _("Asian and Pacific Islander students"), _("Asian, Pacific Islander"), "race"
        ),
        Group("MBL", _("Black students"), _("Black"), "race"),
        Group("MHI", _("Latino students"), _("Latino"), "race"),
        Group("MTR", _("Students of two or more races"), _("Two or more races"), "race"),
        Group("MWH", _("White students"), _("White"), "race"),
        Group(
            LOW_INCOME,
            _("Economically disadvantaged students"),
            _("Economically disadvantaged"),
            "income",
        ),
        Group("LEP", _("Multilingual learners"), _("Multilingual learners"), "language"),
        Group("CWD", _("Students with disabilities"), _("With disabilities"), "disability"),
    )
}
"""Every group of the federal file. The agency's own word for multilingual learners is
"limited English proficient", for Latino students "Hispanic".
"""

EVERYTHING = "everything"
"""No lens: every group beside the others."""

LENSES: dict[str, str | Promise] = {
    EVERYTHING: _("All groups"),
    "race": _("Race and ethnicity"),
    "income": _("Family income"),
    "language": _("Home language"),
    "disability": _("Disability"),
}
"""By what the federal file can be read: the US pack. A program's own list is in `lenses`. The first shows race and class together, as every page does at first."""


def groups_of(lens: str) -> list[Group]:
    """Return the groups of a lens, without everyone, in alphabetical order of their labels."""
    chosen = [
        group
        for group in GROUPS.values()
        if group.key != ALL and lens in {"everything", group.lens}
    ]
    return sorted(chosen, key=lambda group: str(group.label))
