"""What a reader sees of an application: the same on her page and in the file that she keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions.districts import LOCALE, DistrictFacts
from throughline.admissions.dossier import ANSWERS_FOR, AnswerLine, Dossier, JudgedBy, is_asked
from throughline.admissions.models import Application
from throughline.evidence.graduating import GraduatingClass, Share
from throughline.forms.models import Criterion
from throughline.ui import spelling
from throughline.ui.exports.pdf import Figure


@dataclass(frozen=True, slots=True)
class ReadFor:
    """A criterion with the answers that are read for it."""

    criterion: Criterion
    by: JudgedBy
    answers: list[AnswerLine]


def read_for(dossier: Dossier, criteria: Iterable[Criterion]) -> list[ReadFor]:
    """Return each criterion with its answers, of those that readers may see.

    The criteria come with their levels.
    """
    shown = {one.key: one for one in dossier.shown if is_asked(one) and one.wording.reviewers_see}
    return [
        ReadFor(
            criterion,
            dossier.judged(criterion),
            [
                dossier.line(shown[key])
                for key in ANSWERS_FOR.get(criterion.key, ())
                if key in shown
            ],
        )
        for criterion in criteria
    ]


def the_rest(dossier: Dossier, read: Sequence[ReadFor]) -> list[AnswerLine]:
    """Return the answers that no criterion took, with something in them.

    The kind of place stands among the facts at the top.
    """
    taken = {LOCALE, *(line.key for one in read for line in one.answers)}
    lines = [
        dossier.line(one)
        for one in dossier.shown
        if is_asked(one) and one.wording.reviewers_see and one.key not in taken
    ]
    return [line for line in lines if line.text]


def title_of(dossier: Dossier) -> str:
    """Return the applicant's title in words, empty where she gave none."""
    return dict(dossier.around.lists["titles"]).get(dossier.given.get("title", ""), "")


def place_of(application: Application) -> str:
    """Name the district and its state."""
    place = application.engagement.district.place
    return f"{application.engagement}, {place.where}" if place else str(application.engagement)


def figures(dossier: Dossier, facts: DistrictFacts) -> list[Figure]:
    """Return the numbers at the top: of the district from public data, of dates and team as given."""
    found = []
    if facts.graduating is not None:
        found += _of_class(facts.graduating, facts)
    if facts.locale:
        said = _("as the applicant says")
        found.append(Figure(_("Kind of place"), facts.locale_words, note=said))
    dates = list(dossier.application.dates.all())
    if dates:
        of = _("of %(dates_all)s") % {"dates_all": len(dates)}
        label = _start(dossier.words.other("convening"))
        confirmed = str(sum(one.can_attend for one in dates))
        found.append(Figure(label, confirmed, of, _("confirmed by the applicant")))
    return [*found, _team(dossier)]


def _of_class(found: GraduatingClass, facts: DistrictFacts) -> list[Figure]:
    label = _("Class of %(year)s") % {"year": found.year_words}
    schools = ngettext("students in one school", "students in %(n)s schools", found.schools)
    lines = [Figure(label, found.students_words, note=schools % {"n": found.schools})]
    if found.low_income is not None:
        parts = (_students(found.low_income), facts.of_state_words)
        note = " · ".join(part for part in parts if part)
        label = _("Economically disadvantaged, of the graduating class")
        lines.append(Figure(label, facts.low_income_words, note=note))
    return lines


def _students(share: Share) -> str:
    count = {"group": f"{share.group:,}", "students": f"{share.students:,}"}
    if share.counted < share.students:
        return _("at least %(group)s of %(students)s students") % count
    return _("%(group)s of %(students)s students") % count


def _team(dossier: Dossier) -> Figure:
    cabinet = sum(member.is_cabinet for member in dossier.roster)
    note = ngettext("one at cabinet level", "%(n)s at cabinet level", cabinet) % {"n": cabinet}
    titles = list(dict.fromkeys(one.title for one in dossier.roster))
    said = " · ".join(part for part in (note, spelling.listed(titles)) if part)
    return Figure(_start(dossier.words.one("team")), str(len(dossier.roster)), _("people"), said)


def source_of(application: Application, facts: DistrictFacts) -> str:
    """Say where the numbers of the district come from, what they cover, and what they are not."""
    found = facts.graduating
    if found is None:
        if application.engagement.district.place is None:
            return ""
        return _(
            "No published figure of this district is here. Size and kind of schools are not known "
            "from public data."
        )
    said = [
        _(
            "Students in the four-year graduation cohorts of %(year)s, added up over %(counted)s of "
            "%(all)s schools that the source names; not the district's enrollment. Public data, not "
            "from the applicant: %(source)s."
        )
        % {
            "year": found.year_words,
            "counted": found.schools,
            "all": found.all_schools,
            "source": found.source,
        }
    ]
    if found.low_income is not None:
        said += _about_share(found.low_income, found.of_state)
    return " ".join(said)


def _about_share(share: Share, of_state: Share | None) -> list[str]:
    said = [_("Whom a state counts as economically disadvantaged is its own rule.")]
    if share.counted < share.students:
        untold = share.students - share.counted
        words = ngettext(
            "The school of %(n)s student prints nothing about this group: unknown, not zero.",
            "Schools of %(n)s students print nothing about this group: unknown, not zero.",
            untold,
        )
        said.append(words % {"n": f"{untold:,}"})
    if share.low < share.high:
        said.append(_("The range holds whatever is unknown."))
    if of_state is not None:
        words = _(
            "The state's share is of %(students)s students in all its schools in the same data."
        )
        said.append(words % {"students": f"{of_state.students:,}"})
    return said


def _start(word: str) -> str:
    return word[:1].upper() + word[1:]
