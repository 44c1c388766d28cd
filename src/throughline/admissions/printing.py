"""A whole application as a document: to its reader what her page shows, to its applicant her own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.admissions.districts import districts_of
from throughline.admissions.dossier import AnswerLine, Dossier
from throughline.admissions.enums import ApplicationState
from throughline.admissions.models import Application, Review
from throughline.admissions.reading import (
    figures,
    place_of,
    read_for,
    source_of,
    the_rest,
    title_of,
)
from throughline.people.models import Person
from throughline.ui import spelling
from throughline.ui.exports.pdf import Document, Figure, Passage, Section


def for_reader(review: Review, *, by: Person, now: datetime) -> Document:
    """Return what a reader's page shows of the application; no score is in it, not even her own."""
    application = review.assignment.application
    dossier = Dossier(application)
    facts = districts_of(by, [application])[application.ref]
    criteria = review.assignment.phase.rubric.criteria.prefetch_related("levels")
    read = read_for(dossier, criteria)
    sections = [
        Section(one.by.label, _passages(one.answers) or [_judged_from_all()]) for one in read
    ]
    if rest := the_rest(dossier, read):
        sections.append(Section(_("The other answers"), _passages(rest)))
    return _document(
        dossier,
        by=by,
        now=now,
        figures=figures(dossier, facts),
        notes=[source_of(application, facts)],
        sections=sections,
    )


def for_applicant(dossier: Dossier, *, by: Person, now: datetime) -> Document:
    """Return every answer of her own application, gaps named, as her page of answers shows them."""
    titles = {line.key: line.title for line in dossier.parts}
    kept_apart = _(
        "Optional questions about yourself are not part of this application. Readers never see them."
    )
    return _document(
        dossier,
        by=by,
        now=now,
        figures=[],
        notes=[kept_apart] if any(one.wording.is_sealed for one in dossier.asked) else [],
        sections=[Section(title, _passages(dossier.lines(key))) for key, title in titles.items()],
    )


def file_name(application: Application) -> str:
    """Name the file by the application's number and its district."""
    return f"{slugify(f'{application.number} {application.engagement}')}.pdf"


def _document(
    dossier: Dossier,
    *,
    by: Person,
    now: datetime,
    figures: Sequence[Figure],
    notes: Sequence[str],
    sections: Sequence[Section],
) -> Document:
    application = dossier.application
    network = by.network.name
    program = dossier.cohort.program.name
    number = _("Application %(number)s") % {"number": application.number}
    made_on = _("This copy was made on %(day)s.") % {"day": spelling.dated(now)}
    lead = [str(application.lead), title_of(dossier)]
    return Document(
        title=place_of(application),
        author=network,
        language=get_language() or "en",
        made_at=now,
        running=(f"{network} · {program}", number),
        foot=made_on,
        eyebrow=" · ".join([network, program, dossier.call.label, number]),
        lead=", ".join(part for part in lead if part),
        figures=figures,
        notes=[*notes, " · ".join([*_state(dossier), made_on])],
        sections=sections,
    )


def _state(dossier: Dossier) -> list[str]:
    """Say when it was sent, or that it was not."""
    application = dossier.application
    if application.state == ApplicationState.DRAFT:
        return [_("Not sent yet")]
    if application.submitted_at is None:
        return []
    return [_("Sent on %(day)s") % {"day": spelling.dated(application.submitted_at)}]


def _passages(lines: Sequence[AnswerLine]) -> list[Passage]:
    return [
        Passage(line.text, line.ask) if line.text else Passage(_("No answer"), line.ask, False)
        for line in lines
    ]


def _judged_from_all() -> Passage:
    return Passage(_("Judge this from the whole application."), is_said=False)
