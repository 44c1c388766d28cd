"""The outbox: what is held, what is on its way, one letter as its reader gets it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.messaging import queries
from throughline.messaging.actions.release_message import (
    discard_message,
    hold_message,
    release_message,
    stop_message,
)
from throughline.messaging.enums import OUTBOX, MessageState
from throughline.messaging.models import Message
from throughline.messaging.web.forms import DiscardForm, HourForm, ReleaseForm
from throughline.people.http import SignedInRequest
from throughline.ui.spelling import moment

PER_PAGE = 50
READERS_SHOWN = 30


@page("staff")
@require_GET
def outbox(request: SignedInRequest) -> HttpResponse:
    """List the messages of programs that this person staffs, what waits for her first."""
    standings = queries.standings(request.person)
    state = request.GET.get("state", "")
    found = queries.outbox(request.person)
    if state in OUTBOX:
        found = found.filter(state=state)
    total = sum(one.count for one in standings if state not in OUTBOX or one.state == state)
    context = {
        "standings": [one for one in standings if one.count or one.state == MessageState.HELD],
        "all": sum(one.count for one in standings),
        "held": next(one.count for one in standings if one.state == MessageState.HELD),
        "state": state if state in OUTBOX else "",
        "listed": _page(found, total, request.GET.get("page")),
    }
    return render(request, "messaging/outbox.html", context)


class _Counted(Paginator[Message]):
    """Pages of a list whose length is already known."""

    total = 0

    @property
    def count(self) -> int:
        return self.total


def _page(found: object, total: int, number: str | None) -> object:
    pages = _Counted(found, PER_PAGE)  # type: ignore[arg-type]
    pages.total = total
    return pages.get_page(number)


@page("staff")
@require_http_methods(["GET", "POST"])
def message(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show one message as a named reader gets it; set the hour before which it does not go."""
    found = _message(request, ref)
    form = HourForm(_sent(request), initial={"until": found.hold_until})
    if request.method == "POST" and form.is_valid():
        try:
            hold_message(
                found, until=form.cleaned_data["until"], by=request.person, now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("The hour is set. Nothing goes until you release it."))
            return redirect("messaging:message", ref=ref)
    return render(
        request,
        "messaging/message.html",
        _message_context(request, found, form),
        status=422 if form.errors else 200,
    )


def _message_context(request: SignedInRequest, found: Message, form: HourForm) -> dict[str, object]:
    deliveries = list(queries.readers(found))
    chosen = next(
        (one for one in deliveries if one.person.ref == request.GET.get("as")),
        deliveries[0] if deliveries else None,
    )
    return {
        "message": found,
        "form": form,
        "deliveries": deliveries[:READERS_SHOWN],
        "more": max(0, len(deliveries) - READERS_SHOWN),
        "readers": len(deliveries),
        "chosen": chosen,
        "letter": queries.letter_for(found, chosen.person) if chosen else None,
        "may_release": found.state == MessageState.HELD,
        "may_discard": found.state in {MessageState.HELD, MessageState.DRAFT},
        "may_stop": found.state == MessageState.APPROVED,
    }


@page("staff")
@require_http_methods(["GET", "POST"])
def release(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask once more, then let the message go."""
    found = _message(request, ref)
    form = ReleaseForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            release_message(found, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _released(found))
            return redirect("messaging:message", ref=ref)
    readers = found.deliveries.count()
    count = {"n": readers, "subject": found.subject}
    title = ngettext(
        "Send “%(subject)s” to %(n)d person?", "Send “%(subject)s” to %(n)d people?", readers
    )
    action = ngettext("Release it to %(n)d person", "Release it to %(n)d people", readers)
    context = {
        "form": form,
        "eyebrow": found.scope,
        "title": title % count,
        "consequence": _consequence(found),
        "action": action % count,
        "back_href": reverse("messaging:message", args=[ref]),
        "back": _("Not yet"),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _consequence(found: Message) -> str:
    if found.hold_until is None:
        return _("It goes at once. After that it can be followed by another, never changed.")
    return _(
        "It goes on %(hour)s. You can stop it until then; after that it can be followed by "
        "another, never changed."
    ) % {"hour": moment(found.hold_until)}


def _released(found: Message) -> str:
    if found.state == MessageState.APPROVED:
        return _("Released. It goes at its hour, and you can stop it until then.")
    return _("Released. It is on its way.")


@page("staff")
@require_http_methods(["GET", "POST"])
def discard(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask once more, then throw the message away."""
    found = _message(request, ref)
    form = DiscardForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            discard_message(found, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Discarded. Nobody gets this message."))
            return redirect("messaging:outbox")
    context = {
        "form": form,
        "eyebrow": found.scope,
        "title": _("Discard “%(subject)s”?") % {"subject": found.subject},
        "consequence": _("Nobody gets it. The trail keeps that it was there, and your reason."),
        "action": _("Discard this message"),
        "back_href": reverse("messaging:message", args=[ref]),
        "back": _("Keep it"),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


@page("staff")
@require_POST
def stop(request: SignedInRequest, ref: str) -> HttpResponse:
    """Hold a released message again, before its hour."""
    found = _message(request, ref)
    try:
        stop_message(found, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Stopped. The message is held again."))
    return redirect("messaging:message", ref=ref)


def _sent(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _message(request: SignedInRequest, ref: str) -> Message:
    mine = Message.objects.visible_to(request.person).exclude(state=MessageState.DISCARDED)
    return get_object_or_404(mine.select_related("scope", "composed_by", "approved_by"), ref=ref)
