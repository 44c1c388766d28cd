"""What each person owes to admissions: lines of "Next for me"."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions.enums import (
    ApplicationState,
    CallState,
    CaseState,
    DecisionState,
    Outcome,
)
from throughline.admissions.models import Application, Call, Decision, ExceptionCase, Review
from throughline.admissions.rules import SIGNS
from throughline.core.todo import ToDo
from throughline.people.models import Person

WRITING, READING, DECIDING = 30, 20, 5
"""Honest minutes: for an application, for reading one, for one case."""


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:
    """Return what this person owes: as applicant, delegate, reader, staff and committee."""
    return [
        *_to_write(person, now),
        *_to_answer(person, now),
        *_to_read(person),
        *_cases(person),
        *_calls(person, now),
        *_to_sign(person),
    ]


def _to_write(person: Person, now: datetime) -> list[ToDo]:
    drafts = (
        Application.objects.written_by(person)
        .filter(state=ApplicationState.DRAFT, call__state=CallState.OPEN, call__closes_at__gt=now)
        .select_related("call", "engagement__district", "lead")
        .order_by("call__closes_at", "pk")
    )
    found = []
    for one in drafts:
        mine = one.lead_id in person.ids
        title = (
            _("Finish your application")
            if mine
            else _("Fill in %(name)s’s application") % {"name": one.lead}
        )
        href = reverse("admissions:application", args=[one.ref])
        due = one.call.closes_at.date()
        found.append(ToDo(title, WRITING, due, href, str(one.engagement), weight=2))
    return found


def _to_answer(person: Person, now: datetime) -> list[ToDo]:
    offers = (
        Decision.objects.filter(
            application__lead__in=person.ids,
            outcome=Outcome.OFFER,
            state=DecisionState.RELEASED,
            answer_by__gt=now,
        )
        .select_related("application__call__cohort", "application__engagement__district")
        .order_by("answer_by")
    )
    return [
        ToDo(
            _("Accept or decline your seat"),
            DECIDING,
            one.answer_by.date() if one.answer_by else None,
            reverse("admissions:answer", args=[one.application.ref]),
            one.application.call.label,
            weight=5,
        )
        for one in offers
    ]


def _to_read(person: Person) -> list[ToDo]:
    waiting = (
        Review.objects.mine(person)
        .exclude(state="submitted")
        .aggregate(count=Count("pk"), due=Min("assignment__phase__ends_at"))
    )
    count = waiting["count"]
    if not count:
        return []
    title = ngettext("Read 1 application", "Read %(count)d applications", count) % {"count": count}
    due = waiting["due"].date() if waiting["due"] else None
    return [ToDo(title, READING * count, due, reverse("admissions:reviews"), weight=3)]


def _cases(person: Person) -> list[ToDo]:
    """One line a call: who staffs it decides its open cases."""
    rows = (
        ExceptionCase.objects.visible_to(person)
        .filter(state=CaseState.OPEN, application__state=ApplicationState.SUBMITTED)
        .order_by()
        .values("application__call__ref", "application__call__label")
        .annotate(count=Count("pk"))
    )
    return [
        ToDo(
            ngettext("Decide 1 exception", "Decide %(count)d exceptions", row["count"])
            % {"count": row["count"]},
            DECIDING * row["count"],
            None,
            reverse("admissions:cases", args=[row["application__call__ref"]]),
            row["application__call__label"],
            weight=2,
        )
        for row in rows
    ]


def _calls(person: Person, now: datetime) -> list[ToDo]:
    """Return the next step of each call that she runs."""
    came_in = Q(applications__state=ApplicationState.SUBMITTED)
    calls = (
        Call.objects.staffed_by(person)
        .filter(came_in, state=CallState.OPEN)
        .distinct()
        .select_related("cohort")
        .order_by("pk")
    )
    found = []
    for call in calls:
        if call.last_moment <= now:
            href = reverse("admissions:reading", args=[call.ref])
            found.append(ToDo(_("Assign the readers"), 10, None, href, call.label, weight=2))
    return found


def _to_sign(person: Person) -> list[ToDo]:
    scopes = person.staffed_scopes(*sorted(SIGNS))
    calls = (
        Call.objects.filter(
            network_id=person.network_id, state=CallState.DECIDING, cohort__scope__in=scopes
        )
        .filter(
            Q(
                applications__decision__state=DecisionState.STAGED,
                applications__decision__second_by=None,
            )
        )
        .exclude(applications__decision__signed_by__in=person.same_ids)
        .distinct()
        .order_by("pk")
    )
    return [
        ToDo(
            _("Sign the list of decisions"),
            10,
            None,
            reverse("admissions:decisions", args=[call.ref]),
            call.label,
            weight=4,
        )
        for call in calls
    ]
