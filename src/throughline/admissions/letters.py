"""The words of letters: the blueprint's where it has some, plain ones otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.admissions.enums import Outcome
from throughline.admissions.models import Application, Decision
from throughline.messaging.wording import button, fill, on_site
from throughline.people.languages import in_language_of
from throughline.programs.enums import ItemKind
from throughline.programs.sections import translated
from throughline.programs.words import reading, words_of
from throughline.ui import spelling


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and body, filled in but for what differs at delivery."""

    subject: str
    body: str


def received(application: Application) -> Letter:
    """Return the letter that says an application arrived, in the language of its reader."""
    with in_language_of(application.lead):
        return _received(application)


def _received(application: Application) -> Letter:
    template = _template(application, "received")
    submitted = application.submitted_at
    values = _values(application) | {
        "date.submitted": spelling.moment(submitted, application.lead.time_zone),
        "link.receipt": _link("admissions:receipt", application),
    }
    subject = template.get("subject") or _("We have your application")
    body = template.get("body") or _(
        "Dear {person.name}, your application to {program.name} arrived on {date.submitted}. "
        "A copy is at {link.receipt}."
    )
    number = _("Your number is %(number)s.") % {"number": application.number}
    return Letter(
        _filled(application, subject, values),
        f"{_filled(application, body, values)}\n\n{number}",
    )


def decided(decision: Decision, *, answer_by: datetime) -> Letter:
    """Return the letter of a decision, in the language of its reader.

    ``answer_by`` is the moment to which an offer holds.
    """
    with in_language_of(decision.application.lead):
        return _decided(decision, answer_by)


def _decided(decision: Decision, answer_by: datetime) -> Letter:
    application = decision.application
    values = _values(application) | {
        "date.confirm_by": spelling.moment(answer_by, application.lead.time_zone),
        "link.answer": _link("admissions:answer", application),
    }
    subject, paragraphs = _WORDS[Outcome(decision.outcome)](decision, values["link.answer"])
    if decision.feedback:
        paragraphs.append(decision.feedback)
    return Letter(
        _filled(application, subject, values),
        "\n\n".join(_filled(application, one, values) for one in paragraphs),
    )


def _offer(decision: Decision, link: str) -> tuple[str, list[str]]:
    template = _template(decision.application, "offer")
    subject = template.get("subject") or _("You are invited to join {program.name}")
    own = template.get("body") or _("Dear {person.name}, we invite you to join.")
    opening = own.partition("{link.answer}")[0].rstrip(" :.")
    return subject, [
        opening + ".",
        button(_("Answer the offer"), link),
        _what_happens_next(decision),
        _("If you need a day more, write to us before then."),
    ]


def _what_happens_next(decision: Decision) -> str:
    """Say when the cohort begins, when its people first meet, and what is asked of the district."""
    cohort = decision.application.call.cohort
    starts = spelling.day(cohort.starts_on)
    first = cohort.calendar.filter(kind=ItemKind.SERIES, number=1, half_days__gt=0).first()
    said = [_("What happens next: the cohort begins on %(day)s.") % {"day": starts}]
    if first is not None:
        days = spelling.days(first.on, first.on + (first.ends_on - first.computed_on))
        said.append(_("You first meet on %(days)s.") % {"days": days})
    said.append(_("Once you accept, you invite the members of your team."))
    return " ".join(said)


def _waitlist(_decision: Decision, link: str) -> tuple[str, list[str]]:
    return _("You are an alternate for {program.name}"), [
        _("Dear {person.name},"),
        _(
            "Your application was among the strongest, and there are more of them than seats. "
            "You are on the list of alternates: if a seat opens, we offer it to the next district."
        ),
        _("You need not do anything to stay on the list. You can also step off it:"),
        button(_("See your place, or step off"), link),
    ]


def _decline(decision: Decision, _link: str) -> tuple[str, list[str]]:
    return _("Your application to {program.name}"), [
        _("Dear {person.name},"),
        _("Thank you for your application. We cannot offer your district a seat in this cohort."),
        decision.because,
        _("You are welcome to apply again; your answers can fill the next form."),
    ]


_WORDS = {
    Outcome.OFFER: _offer,
    Outcome.WAITLIST: _waitlist,
    Outcome.DECLINE: _decline,
    Outcome.REFER: _decline,
}


def _link(name: str, application: Application) -> str:
    return on_site(reverse(name, args=[application.ref]))


def _template(application: Application, key: str) -> Mapping[str, str]:
    parsed = application.call.cohort.version.parsed
    messaging = translated(parsed, "messaging", reading())
    found: Mapping[str, str] = messaging.get("templates", {}).get(key, {})
    return found


def _values(application: Application) -> dict[str, str]:
    return {
        "program.name": application.call.cohort.program.name,
        "cohort.name": application.call.cohort.label,
        "district.name": str(application.engagement),
    }


def _filled(application: Application, text: str, values: Mapping[str, str]) -> str:
    return fill(words_of(application.call.cohort.version).fill(text), values)
