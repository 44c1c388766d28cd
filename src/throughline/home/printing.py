"""The report of a cohort as a document to print and as a spreadsheet: what the page shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from throughline.core import clock
from throughline.home.queries.cohort_report import CohortReport, PromiseLine
from throughline.ledger.enums import Unit
from throughline.people.models import Person
from throughline.ui import spelling
from throughline.ui.exports.pdf import Document, Figure, Passage, Section
from throughline.ui.exports.xlsx import Sheet


def figures_of(report: CohortReport) -> list[Figure]:
    """Return the numbers that stand at the top, each with what it stands on."""
    came = report.came
    n = {"there": came.there, "held": came.held, "people": came.people}
    return [
        Figure(_("Districts"), str(len(report.lines))),
        Figure(
            _("Attendance"),
            "–" if came.percent is None else f"{came.percent}%",
            note=_("%(there)d of %(held)d half-days, n = %(people)d people") % n,
        ),
        Figure(
            _("Yes that was kept"),
            str(came.kept) if came.said_yes else "–",
            _("of %(n)d") % {"n": came.said_yes} if came.said_yes else "",
            _("half-days to which somebody had said yes"),
        ),
        Figure(
            _("Hours given"),
            report.hours.partition(" ")[0],
            note=_("coaching and services, time on the road apart"),
        ),
    ]


def document_of(report: CohortReport, *, by: Person) -> Document:
    """Return the report as a document."""
    cohort, network = report.cohort, by.network.name
    program = cohort.program.name
    made = _("This copy was made on %(day)s.") % {"day": spelling.dated(clock.now())}
    return Document(
        title=_("%(cohort)s: who came, hours, who needs a hand") % {"cohort": cohort.label},
        author=network,
        language=get_language() or "en",
        made_at=clock.now(),
        running=(f"{network} · {program}", cohort.label),
        foot=made,
        eyebrow=" · ".join([network, program, cohort.label, report.period.label]),
        lead=lead_of(report),
        figures=figures_of(report),
        notes=[*notes(), made],
        sections=_sections(report),
    )


def lead_of(report: CohortReport) -> str:
    """Say in one sentence how many need a hand."""
    if not report.hands:
        return _("Nobody needs a hand today.")
    said = ngettext("One needs a hand today.", "%(n)d need a hand today.", len(report.hands))
    return said % {"n": len(report.hands)}


def notes() -> list[str]:
    """Return what the numbers count."""
    return [
        _(
            "Attendance counts half-days that were held and for which a person had a place; what she "
            "declined counts as not there. n is how many people had a place."
        ),
        _("Hours are what the ledger says was delivered, corrections left out."),
    ]


def _sections(report: CohortReport) -> list[Section]:
    districts = "\n".join(f"{one.district}: {one.came.words}; {one.hours}" for one in report.lines)
    promises = "\n".join(_promised(one, report) for one in report.promises)
    hands = "\n".join(f"{one.who}. {one.why}" for one in report.hands)
    titled = (
        (_("Who needs a hand"), hands or lead_of(report)),
        (_("District by district"), districts),
        (_("What was promised and given"), promises),
    )
    return [Section(title, [Passage(text, is_said=False)]) for title, text in titled if text]


def _promised(one: PromiseLine, report: CohortReport) -> str:
    """Return one promise: what was given so far, of how much, and in the period where one is chosen."""
    said = {
        "promise": one.line.title, "period": one.in_period_words,
        "so_far": one.so_far_words, "promised": one.promised_words,
    }  # fmt: skip
    words = _("%(promise)s: %(so_far)s so far.")
    if one.line.has_number:
        words = _("%(promise)s: %(so_far)s so far, of %(promised)s.")
    if not report.period.number:
        return words % said
    return words % said + " " + _("In this period: %(period)s.") % said


def sheets_of(report: CohortReport) -> list[Sheet]:
    """Return the same numbers as tables; hours are hours, shares are percent."""
    districts = Sheet(
        _("Districts"),
        [
            _("District"), _("People (n)"), _("Half-days held"), _("Half-days they said yes to"),
            _("Of these there"), _("Half-days there"), _("Attendance, percent"), _("Minutes given"),
        ],
        [
            [
                one.district, one.came.people, one.came.held, one.came.said_yes, one.came.kept, one.came.there,
                one.came.percent, one.minutes,
            ]
            for one in report.lines
        ],
    )  # fmt: skip
    promises = Sheet(
        _("Promises"),
        [_("Promise"), _("Unit"), _("Promised"), _("In this period"), _("So far"), _("Booked")],
        [
            [
                one.line.title, str(Unit(one.line.unit).label),
                one.line.sums.granted if one.line.has_number else None, one.in_period,
                one.line.sums.delivered, one.line.sums.scheduled,
            ]
            for one in report.promises
        ],
    )  # fmt: skip
    hands = Sheet(
        _("Who needs a hand"), [_("Who"), _("Why")], [[one.who, one.why] for one in report.hands]
    )
    return [districts, promises, hands, _about(report)]


def _about(report: CohortReport) -> Sheet:
    rows: list[Sequence[str | int]] = [
        [_("Cohort"), f"{report.cohort.program.name}, {report.cohort.label}"],
        [_("Period"), spelling.days(report.period.first, report.period.last)],
        [_("Made on"), spelling.dated(timezone.localtime(clock.now()))],
        *[[_("Note"), one] for one in notes()],
    ]
    return Sheet(_("About these numbers"), [_("What"), _("Value")], rows)


def file_name(report: CohortReport, ending: str) -> str:
    """Name a file by program, cohort and period."""
    parts = f"{report.cohort.program.name} {report.cohort.label} {report.period.last}"
    return f"{slugify(parts)}.{ending}"
