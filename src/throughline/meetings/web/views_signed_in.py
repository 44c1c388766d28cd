"""A person's calendar: what comes, what she promised, her feed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.meetings import queries
from throughline.meetings.actions import close_commitment, make_feed, reply, revoke_feed
from throughline.meetings.calendars import MEDIA_TYPE, calendar_file
from throughline.meetings.enums import Answer
from throughline.meetings.models import Commitment, Occasion
from throughline.people.http import SignedInRequest


@page("signed-in")
@require_GET
def calendar(request: SignedInRequest) -> HttpResponse:
    """Show what comes and what she promised."""
    return _show(request)


def _show(request: SignedInRequest, *, address: str = "") -> HttpResponse:
    now = clock.now()
    context = {
        "occasions": queries.upcoming(request.person, now=now).select_related("scope"),
        "owed": {one.pk for one in queries.owed_replies(request.person, now=now)},
        "commitments": queries.open_commitments(request.person).select_related("scope"),
        "has_feed": queries.has_feed(request.person),
        "address": address,
    }
    return render(request, "meetings/calendar.html", context)


@page("signed-in")
@require_POST
def new_feed(request: SignedInRequest) -> HttpResponse:
    """Make a secret calendar address and show it this once."""
    code = make_feed(request.person, by=request.person, now=clock.now())
    address = request.build_absolute_uri(reverse("meetings:feed", args=[code]))
    return _show(request, address=address)


@page("signed-in")
@require_POST
def end_feed(request: SignedInRequest) -> HttpResponse:
    """Switch the secret calendar address off."""
    revoke_feed(request.person, by=request.person, now=clock.now())
    messages.success(request, _("The address no longer works."))
    return redirect("meetings:calendar")


@page("signed-in")
@require_POST
def done(request: SignedInRequest, ref: str) -> HttpResponse:
    """Close a commitment of her own."""
    commitment = get_object_or_404(Commitment.objects.visible_to(request.person), ref=ref)
    try:
        close_commitment(commitment, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done: %(what)s") % {"what": commitment.words})
    return redirect("meetings:calendar")


@page("signed-in")
@require_GET
def occasion_file(request: SignedInRequest, ref: str) -> HttpResponse:
    """Download one occasion for a calendar."""
    occasion = get_object_or_404(Occasion.objects.visible_to(request.person), ref=ref)
    response = HttpResponse(calendar_file([occasion], now=clock.now()), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{occasion.ref}.ics"'
    return response


@page("signed-in")
@require_POST
def answer(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say whether she comes."""
    occasion = get_object_or_404(Occasion.objects.visible_to(request.person), ref=ref)
    chosen = request.POST.get("answer", "")
    if chosen not in Answer.values:
        raise Http404
    now = clock.now()
    try:
        reply(occasion, person=request.person, answer=chosen, by=request.person, now=now)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your answer is kept. You can change it until it begins."))
    return redirect("meetings:calendar")
