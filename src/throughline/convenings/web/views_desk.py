"""The registration desk: one form post per tap, on a phone."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.convenings.actions import check_in
from throughline.convenings.models import Block, Seat
from throughline.convenings.rosters import Arrival, arrivals_of
from throughline.convenings.rules import can_check_in
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.programs.words import words_of

SHOWN = ("expected", "here", "all")


@page("staff")
@require_http_methods(["GET", "POST"])
def desk(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show who is here at a half-day; each tap is a post."""
    block = get_object_or_404(
        Block.objects.visible_to(request.person)
        .staffed_by(request.person)
        .select_related("event__scope__cohort__version", "occasion__scope"),
        ref=ref,
    )
    if request.method == "POST":
        return _tap(request, block)
    arrivals = arrivals_of(block)
    here = sum(one.is_here for one in arrivals)
    show, find = _asked(request)
    context = {
        "half_day": block,
        "event": block.event,
        "words": words_of(block.event.scope.cohort.version),
        "arrivals": [one for one in arrivals if _is_shown(one, show, find)],
        "here": here,
        "total": len(arrivals),
        "expected": len(arrivals) - here,
        "show": show,
        "find": find,
        "decision": can_check_in(request.person, block, clock.now()),
        "blocks": block.event.blocks.select_related("occasion"),
    }
    return render(request, "convenings/desk.html", context)


def _asked(request: SignedInRequest) -> tuple[str, str]:
    show = request.GET.get("show", "all")
    return show if show in SHOWN else "all", request.GET.get("find", "").strip()


def _is_shown(one: Arrival, show: str, find: str) -> bool:
    if find and find.casefold() not in f"{one.name} {one.district}".casefold():
        return False
    return show == "all" or one.is_here == (show == "here")


def _tap(request: SignedInRequest, block: Block) -> HttpResponse:
    seat = get_object_or_404(
        Seat.objects.visible_to(request.person).select_related("person"),
        ref=request.POST.get("seat", ""),
        event=block.event_id,
    )
    try:
        tap = UUID(request.POST.get("tap", ""))
    except ValueError:
        raise Http404 from None
    try:
        check_in(
            block,
            seat.person,
            status=request.POST.get("status", ""),
            tap=tap,
            by=request.person,
            now=clock.now(),
        )
    except DomainError as error:
        messages.error(request, _("Not marked. %(why)s") % {"why": error})
    show, find = _asked(request)
    query = urlencode({"show": show, "find": find})
    return redirect(f"{reverse('convenings:desk', args=[block.ref])}?{query}#seat-{seat.ref}")
