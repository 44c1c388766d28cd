"""Pages of events for the host's staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.convenings.actions import (
    cancel_event,
    close_event,
    move_event,
    place_event,
    publish_event,
)
from throughline.convenings.enums import EventState
from throughline.convenings.models import Event
from throughline.convenings.queries import ANSWER_BEFORE, in_how_many_days, place_in_series
from throughline.convenings.rosters import (
    Tally,
    agenda_of,
    guests_of,
    next_half_day,
    replies_of,
    tally_of,
)
from throughline.convenings.rules import missing
from throughline.convenings.web.forms import CancelForm, MoveForm, PlaceForm
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.programs.models import DistrictEngagement
from throughline.programs.words import words_of
from throughline.ui import spelling


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the first line."""

    label: str
    number: int
    of: str = ""
    note: str = ""


def _event(request: SignedInRequest, ref: str) -> Event:
    found = Event.objects.visible_to(request.person).staffed_by(request.person)
    return get_object_or_404(found.select_related("scope__cohort__version"), ref=ref)


@page("staff")
@require_GET
def overview(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show replies, agenda, what is missing and who comes."""
    return _show(request, _event(request, ref))


def _show(request: SignedInRequest, event: Event, form: PlaceForm | None = None) -> HttpResponse:
    cohort = event.scope.cohort
    guests = guests_of(event)
    agenda = agenda_of(event)
    districts = list(
        DistrictEngagement.objects.visible_to(request.person)
        .seated()
        .filter(cohort=cohort)
        .select_related("district")
        .order_by("district__name")
    )
    given = {"theme": event.theme, "place_words": event.place_words}
    context = {
        "event": event,
        "words": words_of(cohort.version),
        "eyebrow": place_in_series(event, cohort),
        "when": in_how_many_days(event.first_day, clock.today(event.zone)),
        "figures": _figures(event, tally_of(guests)),
        "agenda": agenda,
        "desk": next_half_day(agenda, clock.now()),
        "guests": guests,
        "missing": missing(event),
        "districts": districts,
        "replies": replies_of(guests, districts),
        "form": form or PlaceForm(initial=given),
        "is_draft": event.state == EventState.DRAFT,
        "is_open": event.state in {EventState.PUBLISHED, EventState.HAPPENED},
        "has_begun": event.state in {EventState.HAPPENED, EventState.CLOSED},
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "convenings/overview.html", context, status=status)


def _figures(event: Event, tally: Tally) -> list[Figure]:
    some = _("%(all)d to all of it, %(some)d for one day")
    split = {"all": tally.coming - tally.one_day, "some": tally.one_day}
    asked_by = spelling.day(event.first_day - ANSWER_BEFORE) if event.first_day else ""
    return [
        Figure(
            _("Coming"),
            tally.coming,
            _("of %(n)d") % {"n": tally.asked},
            some % split if tally.one_day else _("to all of it"),
        ),
        Figure(_("Not coming"), tally.not_coming),
        Figure(
            _("No reply"),
            tally.no_reply,
            note=_("asked for by %(day)s") % {"day": asked_by} if tally.no_reply else "",
        ),
        Figure(_("Guests"), tally.guests),
    ]


@page("staff")
@require_POST
def publish(request: SignedInRequest, ref: str) -> HttpResponse:
    """Set theme and place; publish a draft when asked to."""
    event = _event(request, ref)
    form = PlaceForm(request.POST)
    if form.is_valid():
        now = clock.now()
        try:
            place_event(event, **form.cleaned_data, by=request.person, now=now)
            if "publish" in request.POST:
                publish_event(event, by=request.person, now=now)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _said(event))
            return redirect("convenings:overview", ref=ref)
    return _show(request, event, form)


def _said(event: Event) -> str:
    if event.state == EventState.DRAFT:
        return _("Saved. Nobody is asked before you publish.")
    return _(
        "Published. Everybody who is expected has a seat. "
        "The invitation waits in the outbox: read it there and release it."
    )


@page("staff")
@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, ref: str) -> HttpResponse:
    """Move an event to other days."""
    event = _event(request, ref)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            move_event(event, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said = _("Moved. Calendars follow. A letter that says so waits in the outbox.")
            messages.success(request, said)
            return redirect("convenings:overview", ref=ref)
    return _ask(
        request,
        event,
        form,
        title=_("Move “%(event)s”") % {"event": event.heading},
        consequence=_(
            "Calendars follow by themselves and answers are asked for again. "
            "You read and release the letter that says so."
        ),
        action=_("Move it"),
    )


@page("staff")
@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, ref: str) -> HttpResponse:
    """Cancel an event."""
    event = _event(request, ref)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_event(event, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said = _(
                "Canceled. Calendars show it. A letter to who was invited waits in the outbox."
            )
            messages.success(request, said)
            return redirect("convenings:overview", ref=ref)
    return _ask(
        request,
        event,
        form,
        title=_("Cancel “%(event)s”?") % {"event": event.heading},
        consequence=_("What was booked is free again. This cannot be taken back."),
        action=_("Cancel this event"),
    )


def _ask(request: SignedInRequest, event: Event, form: Any, **words: str) -> HttpResponse:
    context = {"form": form, "event": event, **words}
    return render(request, "convenings/ask.html", context, status=422 if form.errors else 200)


@page("staff")
@require_POST
def close(request: SignedInRequest, ref: str) -> HttpResponse:
    """Close an event that took place."""
    event = _event(request, ref)
    try:
        close_event(event, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Closed. Who was expected and not marked was not there."))
    return redirect("convenings:overview", ref=ref)
