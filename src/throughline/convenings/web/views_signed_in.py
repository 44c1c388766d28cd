"""Pages of events for those who come to them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.convenings.actions import confirm_seat, register
from throughline.convenings.enums import SeatState
from throughline.convenings.models import Event, Seat
from throughline.convenings.queries import (
    in_how_many_days,
    people_of,
    place_in_series,
    seats_to_answer,
)
from throughline.convenings.rosters import agenda_of, answer_of, occasions_of
from throughline.convenings.rules import can_book, can_register
from throughline.convenings.web.forms import AnswerForm, PeopleForm
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.meetings.calendars import MEDIA_TYPE, calendar_file
from throughline.people.http import SignedInRequest
from throughline.programs.models import DistrictEngagement
from throughline.programs.words import words_of, words_of_network


@page("signed-in")
@require_GET
def events(request: SignedInRequest) -> HttpResponse:
    """List events of the cohorts this person is in or staffs, those to come first."""
    today = clock.today()
    found = list(Event.objects.visible_to(request.person).select_related("scope__cohort__version"))
    seats = {
        seat.event_id: seat
        for seat in Seat.objects.visible_to(request.person).filter(person__in=request.person.ids)
    }
    context = {
        "groups": _groups(found, seats, today),
        "words": words_of(found[0].scope.cohort.version)
        if found
        else words_of_network(request.person.network),
        "is_staff": request.person.is_staff,
    }
    return render(request, "convenings/events.html", context)


def _groups(
    events: list[Event], seats: dict[int, Seat], today: date
) -> list[tuple[str, list[tuple[Event, Seat | None]]]]:
    """Return what is to come and what is past, cohort by cohort where there are several."""
    has_several = len({one.scope_id for one in events}) > 1
    found: dict[str, list[tuple[Event, Seat | None]]] = {}
    ordered = sorted(events, key=lambda one: (one.scope.cohort.starts_on, one.scope_id))
    for is_past, title in ((False, _("To come")), (True, _("Past"))):
        for one in ordered:
            if (one.last_day is not None and one.last_day < today) == is_past:
                label = f"{title}: {one.scope.cohort}" if has_several else title
                found.setdefault(label, []).append((one, seats.get(one.pk)))
    return list(found.items())


@page("signed-in")
@require_GET
def event(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show what an event is, when and where, and ask whether this person comes."""
    return _show(request, _event(request, ref))


def _event(request: SignedInRequest, ref: str) -> Event:
    found = Event.objects.visible_to(request.person)
    return get_object_or_404(found.select_related("scope__cohort__version"), ref=ref)


def _show(
    request: SignedInRequest,
    event: Event,
    *,
    sent: Seat | None = None,
    form: AnswerForm | None = None,
) -> HttpResponse:
    cohort = event.scope.cohort
    agenda = agenda_of(event)
    days = [one.day for one in agenda]
    answering = [
        (seat, form if sent is not None and seat.pk == sent.pk and form else _form(seat, days))
        for seat in seats_to_answer(request.person)
        .filter(event=event)
        .select_related("person")
        .prefetch_related("half_days__block__occasion")
        .order_by("pk")
    ]
    mine = (
        Seat.objects.visible_to(request.person)
        .filter(event=event)
        .select_related("person", "registration__engagement__district")
        .prefetch_related("half_days__block__occasion")
        .order_by("person__full_name", "pk")
    )
    engagement = _own_engagement(request, event)
    context = {
        "event": event,
        "words": words_of(cohort.version),
        "eyebrow": place_in_series(event, cohort),
        "when": in_how_many_days(event.first_day, clock.today(event.zone)),
        "agenda": agenda,
        "answering": answering,
        "from_my_district": []
        if request.person.is_staff
        else [(seat, answer_of(seat, list(seat.half_days.all()))) for seat in mine],
        "engagement": engagement,
        "may_register": engagement is not None
        and bool(can_register(request.person, event, engagement)),
        "is_staff": request.person.is_staff,
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "convenings/event.html", context, status=status)


def _form(seat: Seat, days: list[date]) -> AnswerForm:
    prefix = f"seat-{seat.ref}"
    half_days = list(seat.half_days.all())
    chosen = ""
    if seat.state == SeatState.RELEASED:
        chosen = "no"
    elif seat.state == SeatState.CONFIRMED:
        expected = sorted({one.block.occasion.day for one in half_days if one.is_expected})
        is_whole = all(one.is_expected for one in half_days)
        chosen = "yes" if is_whole else f"one_day:{expected[0]}"
    return AnswerForm(days=days, prefix=prefix, initial={"coming": chosen})


def _own_engagement(request: SignedInRequest, event: Event) -> DistrictEngagement | None:
    """Return the one district of this cohort that a participant is in or acts for."""
    if request.person.is_staff:
        return None
    return (
        DistrictEngagement.objects.visible_to(request.person)
        .seated()
        .filter(cohort__scope=event.scope_id)
        .select_related("cohort__scope", "scope", "district")
        .order_by("pk")
        .first()
    )


@page("signed-in")
@require_POST
def answer(request: SignedInRequest, ref: str) -> HttpResponse:
    """Keep an answer for one seat."""
    seat = get_object_or_404(
        Seat.objects.visible_to(request.person).select_related(
            "event__scope__cohort__version", "person"
        ),
        ref=ref,
    )
    event = _event(request, seat.event.ref)
    days = [one.day for one in agenda_of(event)]
    form = AnswerForm(request.POST, days=days, prefix=f"seat-{seat.ref}")
    if form.is_valid():
        coming, day = form.answer()
        try:
            confirm_seat(seat, coming=coming, day=day, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error("coming", str(error))
        else:
            messages.success(
                request, _("Your answer is kept. You can change it until the event begins.")
            )
            return redirect("convenings:event", ref=event.ref)
    return _show(request, event, sent=seat, form=form)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def add_people(request: SignedInRequest, ref: str, engagement: str) -> HttpResponse:
    """Book seats for more people of a district. Who may not book for it finds nothing."""
    event = _event(request, ref)
    district = get_object_or_404(
        DistrictEngagement.objects.visible_to(request.person).select_related(
            "cohort__scope", "scope", "district"
        ),
        ref=engagement,
        cohort__scope=event.scope_id,
    )
    if not can_book(request.person, district):
        raise Http404
    seated = set(event.seats.values_list("person", flat=True))
    free = {
        one.person.ref: one.person for one in people_of(district) if one.person.pk not in seated
    }
    form = PeopleForm(request.POST or None, people=free.values())
    decision = can_register(request.person, event, district)
    if request.method == "POST" and form.is_valid():
        people = [free[chosen] for chosen in form.cleaned_data["people"]]
        try:
            register(event, district, people=people, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error("people", str(error))
        else:
            said = ngettext("%(n)d seat is held.", "%(n)d seats are held.", len(people))
            messages.success(request, said % {"n": len(people)})
            return redirect("convenings:event", ref=event.ref)
    context = {
        "event": event,
        "engagement": district,
        "form": form,
        "free": free,
        "decision": decision,
        "words": words_of(event.scope.cohort.version),
    }
    return render(
        request, "convenings/add_people.html", context, status=422 if form.errors else 200
    )


@page("signed-in")
@require_GET
def event_file(request: SignedInRequest, ref: str) -> HttpResponse:
    """Download the half-days of an event for a calendar."""
    event = _event(request, ref)
    body = calendar_file(
        occasions_of(event), now=clock.now(), name=event.called, title=event.called
    )
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{event.ref}.ics"'
    return response
