"""Decisions before they are sent: what stands in the way, and who gets which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import DecisionState, Outcome
from throughline.admissions.models import Application, Call, Decision
from throughline.messaging.queries import addresses_of
from throughline.people.models import Person


@dataclass(frozen=True, slots=True)
class Block:
    """Something that must be done before decisions are released."""

    sentence: str
    is_done: bool


def release_blocks(call: Call) -> list[Block]:
    """Return what stands between a staged list and its letters. Four queries, however long."""
    staged = list(
        Decision.objects.filter(application__call=call, state=DecisionState.STAGED)
        .select_related("application__lead", "signed_by", "second_by")
        .order_by("pk")
    )
    wanted = min(int(admissions_of(call.cohort.version).selection.sign_off), 2)
    return [
        _signed(staged, wanted),
        Block(
            _("A reason for each of the %(count)d without a seat.")
            % {"count": sum(one.outcome != Outcome.OFFER for one in staged)},
            all(one.because for one in staged),
        ),
        _offers_fit(call, staged),
        _addresses(staged),
    ]


def _signed(staged: Sequence[Decision], wanted: int) -> Block:
    names = {str(one.signed_by) for one in staged if one.signed_by}
    names |= {str(one.second_by) for one in staged if one.second_by}
    is_done = bool(staged) and all(
        one.signed_by_id and (wanted < 2 or one.second_by_id) for one in staged
    )
    who = ", ".join(sorted(names)) or _("nobody yet")
    sentence = ngettext(
        "One signature; signed so far: %(who)s.",
        "%(count)d signatures by different people; signed so far: %(who)s.",
        wanted,
    )
    return Block(sentence % {"count": wanted, "who": who}, is_done)


def _offers_fit(call: Call, staged: Sequence[Decision]) -> Block:
    offers = sum(one.outcome == Outcome.OFFER for one in staged)
    free = call.cohort.seats.filter(is_extra=False, engagement=None, person=None).count()
    sentence = _("%(offers)d offers for %(free)d free seats.") % {"offers": offers, "free": free}
    return Block(sentence, offers <= free)


def _addresses(staged: Sequence[Decision]) -> Block:
    leads = [one.application.lead for one in staged]
    found = addresses_of(leads)
    lacking = sorted(str(one) for one in leads if not found[one.pk])
    if not lacking:
        return Block(_("An e-mail address for everybody."), is_done=True)
    return Block(
        _("These people have no e-mail address: %(names)s.") % {"names": ", ".join(lacking)},
        is_done=False,
    )


@dataclass(frozen=True, slots=True)
class Staged:
    """Decisions of one kind, and whose letter shows what they say."""

    outcome: Outcome
    label: str
    count: int
    asked_to: str
    sample: Decision | None


def staged_by_kind(listed: Sequence[Decision], *, day: str) -> list[Staged]:
    """Return decisions by outcome, with what their letters ask for. No query."""
    asked = {
        Outcome.OFFER: _("Accept by %(day)s") % {"day": day},
        Outcome.WAITLIST: _("Stay on the list, or step off"),
        Outcome.DECLINE: _("Nothing; invited to apply again"),
        Outcome.REFER: _("Nothing"),
    }
    found: dict[str, list[Decision]] = {}
    for decision in listed:
        found.setdefault(decision.outcome, []).append(decision)
    return [
        Staged(outcome, str(outcome.label), len(group), asked[outcome], group[0])
        for outcome in Outcome
        if (group := found.get(outcome, []))
    ]


def mark_of(call: Call) -> str:
    """Return a mark that changes with any decision that is staged: what a page showed. One query."""
    staged = Decision.objects.filter(application__call=call, state=DecisionState.STAGED)
    listed = staged.order_by("ref").values_list("ref", "outcome", "because")
    return sha256(repr(list(listed)).encode()).hexdigest()[:20]


def decisions(person: Person, call: Call) -> QuerySet[Decision]:
    """Return decisions of a call with what their letters need. One query."""
    return (
        Decision.objects.filter(application__in=Application.objects.decided_by(person).values("pk"))
        .filter(application__call=call)
        .select_related(
            "application__lead__network", "application__engagement__district",
            "application__call__cohort__program", "application__call__cohort__version",
            "signed_by", "second_by",
        )
        .order_by("outcome", "application__engagement__district__name", "pk")
    )  # fmt: skip
