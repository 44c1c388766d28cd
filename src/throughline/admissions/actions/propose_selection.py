"""Propose a list of seats and alternates, and change it by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.admissions import soundness
from throughline.admissions.choosing import Candidate, Proof, choose, fingerprint
from throughline.admissions.cohort_rules import cohort_rules, required
from throughline.admissions.districts import locales_of, rule_facts
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import (
    ApplicationState,
    CallState,
    RunState,
)
from throughline.admissions.models import Application, Call, SelectionRun
from throughline.admissions.rules import can_choose
from throughline.admissions.scores import scores_of
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.models import Person

ENGINE = "select 1"


@transaction.atomic
def propose_selection(call: Call, *, by: Person, now: datetime) -> SelectionRun:
    """Propose the best means under the cohort's rules, with proof. An earlier proposal is put away.

    It selects nobody: people change it, adopt it and sign.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or has a tie to an applicant.
    WrongState
        Nothing has been read, or a list has been adopted.
    """
    if not (decision := can_choose(by, call)):
        raise NotAllowed(decision.reason)
    # Touching the call takes its row: two people cannot propose at once.
    if not Call.objects.filter(pk=call.pk, state=CallState.REVIEWING).update(state=F("state")):
        raise WrongState(
            _("A list can be proposed once reading has begun and before one is adopted.")
        )
    read, weight = applications_of(call), weight_of(call)
    candidates = candidates_of(read, weight)
    if not any(one.mean is not None for one in candidates):
        raise WrongState(_("No review is in yet."))
    version = call.cohort.version
    facts = rule_facts(version, read, locales_of(read))
    rules = required(cohort_rules(version, read, facts))
    chosen = choose(candidates, seats=seats_of(call), waitlist=waitlist_of(call), rules=rules)
    SelectionRun.objects.filter(call=call, state=RunState.PROPOSED).update(state=RunState.DISCARDED)
    run = SelectionRun.objects.create(
        network_id=call.network_id,
        call=call,
        plan={
            "seats": list(chosen.seats),
            "waitlist": list(chosen.waitlist),
            "coin_flips": [list(group) for group in chosen.coin_flips],
            "changes": [],
            "proof": _kept(chosen.proof),
            soundness.KEY: soundness.counted(chosen, scores_of(read, weight)),
        },
        input_sha256=fingerprint({one.ref: one.mean for one in candidates}),
        engine=ENGINE,
        proposed_at=now,
    )
    trail.record(by, "proposed", run, now=now, scope=call.cohort.scope_id)
    return run


def applications_of(call: Call) -> list[Application]:
    """Return the applications that are read, with their districts. One query."""
    found = Application.objects.filter(call=call, state=ApplicationState.IN_REVIEW).order_by("pk")
    return list(found.select_related("engagement__district__place"))


def candidates_of(read: list[Application], weight: int) -> list[Candidate]:
    """Return applications that are read as plain values."""
    return [
        Candidate(one.ref, one.mean(weight), one.submitted_at or one.started_at) for one in read
    ]


def weight_of(call: Call) -> int:
    """Return the sum of the rubric's weights, by which points become a mean on its scale."""
    if call.rubric is None:
        return 0
    return sum(call.rubric.criteria.values_list("weight", flat=True))


def seats_of(call: Call) -> int:
    """Return how many places of the cohort can still be offered."""
    free = call.cohort.seats.filter(is_extra=False, engagement=None, person=None)
    return free.count()


def waitlist_of(call: Call) -> int:
    """Return how many alternates the blueprint ranks."""
    return int(admissions_of(call.cohort.version).selection.waitlist)


@transaction.atomic
def change_selection(
    run: SelectionRun,
    *,
    out: str,
    into: str,
    reason: str,
    revision: int,
    by: Person,
    now: datetime,
) -> SelectionRun:
    """Let two applications change places, with the reason in a sentence.

    ``revision`` is that of the list the person saw: a stale page changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or has a tie to an applicant.
    BadInput
        The reason is missing, or the two are not a seat and somebody without one.
    WrongState
        The list was changed or adopted a moment ago.
    """
    if not (decision := can_choose(by, run.call)):
        raise NotAllowed(decision.reason)
    if not reason.strip():
        raise BadInput(_("Say why, in a sentence."), field="reason")
    run.refresh_from_db()
    plan = _swapped(run, out, into)
    names = dict(
        Application.objects.filter(call=run.call, ref__in=[out, into]).values_list("ref", "number")
    )
    if set(names) != {out, into}:
        raise BadInput(_("Choose two applications of this call."), field="into")
    plan["changes"] = [
        *plan["changes"],
        {
            "out": out, "into": into, "reason": reason.strip(), "by": by.ref,
            "at": now.isoformat(),
        },
    ]  # fmt: skip
    moved = SelectionRun.objects.filter(
        pk=run.pk, state=RunState.PROPOSED, revision=revision
    ).update(plan=plan, revision=F("revision") + 1)
    if not moved:
        raise WrongState(_("Somebody changed this list a moment ago. Look at it again."))
    run.refresh_from_db()
    trail.record(
        by, "changed", run, now=now, scope=run.call.cohort.scope_id, fields=["plan"], reason=reason
    )
    return run


def _swapped(run: SelectionRun, out: str, into: str) -> dict[str, Any]:
    plan = dict(run.plan)
    if out not in plan["seats"] or into in plan["seats"]:
        raise BadInput(
            _("Take out somebody with a seat, and bring in somebody without one."), field="into"
        )
    swap = {out: into, into: out}
    plan["seats"] = [swap.get(ref, ref) for ref in plan["seats"]]
    plan["waitlist"] = [swap.get(ref, ref) for ref in plan["waitlist"]]
    return plan


def _kept(proof: Proof) -> dict[str, Any]:
    """Return the proof as it is kept with the list."""
    return {
        "unit": proof.unit,
        "value": proof.value,
        "free": proof.free,
        "left_out": list(proof.left_out),
        "prices": [
            {"rule": one.rule, "points": one.points, "out": list(one.out), "into": list(one.into)}
            for one in proof.prices
        ],
    }
