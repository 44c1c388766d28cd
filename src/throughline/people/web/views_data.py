"""What is kept about a person, for herself: one page, and one file. Also after she has left."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.audit import trail
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people import hooks
from throughline.people.actions.ask_for_deletion import ask_for_deletion, withdraw_request
from throughline.people.enums import RequestState
from throughline.people.http import SignedInRequest
from throughline.people.models import PrivacyRequest
from throughline.people.personal import as_file, parts_of
from throughline.people.queries import looks_at, things_about
from throughline.people.web.privacy_forms import DeletionForm

SHOWN = 50
"""Rows of one table on the page; the file has all."""


@page("signed-in")
@require_GET
def my_data(request: SignedInRequest) -> HttpResponse:
    """Show everything that is kept about the reader, and who looked at it."""
    person = request.person
    parts = parts_of(person, hooks.PERSONAL_DATA, hooks.IN_OWN_WORDS)
    seen = PrivacyRequest.objects.visible_to(person).filter(person__in=person.ids)
    asked = seen.order_by("-pk").first()
    context = {
        "asked": asked,
        "may_ask": asked is None or asked.state != RequestState.OPEN,
        "parts": [(part, part.rows[-SHOWN:], len(part.rows) - SHOWN) for part in parts],
        "looks": looks_at(person),
        "trail": things_about(person),
    }
    return render(request, "people/my_data.html", context)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def deletion(request: SignedInRequest) -> HttpResponse:
    """Ask, then send the request that the reader's record be emptied."""
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ask_for_deletion(
            request.person, form.cleaned_data["words"], by=request.person, now=clock.now()
        )
        messages.success(request, _("The host has your request."))
        return redirect("people:my_data")
    context = {
        "title": _("Ask to have your record emptied?"),
        "eyebrow": _("Your data"),
        "consequence": _(
            "A director answers within 30 days. Then your name, addresses and account are removed "
            "and nobody opens your private texts again. Backups that were made before keep all of it "
            "until the host deletes them. Dates and minutes stay without your name where others "
            "rely on them; a signature keeps the name that you typed for seven years. Download "
            "your data first."
        ),
        "action": _("Send the request"),
        "back_href": reverse("people:my_data"),
        "form": form,
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


@page("signed-in")
@require_POST
def withdraw(request: SignedInRequest) -> HttpResponse:
    """Take the open request back."""
    seen = PrivacyRequest.objects.visible_to(request.person).open()
    mine = seen.filter(person__in=request.person.ids).first()
    if mine is None:
        return redirect("people:my_data")
    try:
        withdraw_request(mine, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("people:my_data")


@page("signed-in")
@require_GET
def data_file(request: SignedInRequest) -> HttpResponse:
    """Hand the reader everything that is kept about her, as one file. The trail notes it."""
    person, now = request.person, clock.now()
    trail.record_view(person, person, about=person, why="export", now=now)
    answer = {
        "network": person.network.name,
        "person": person.full_name,
        "made_at": now.isoformat(),
        "kept": as_file(parts_of(person, hooks.PERSONAL_DATA, hooks.IN_OWN_WORDS)),
        "looked": [
            {"at": one.at.isoformat(), "who": one.who, "what": one.what, "why": one.why}
            for one in looks_at(person, limit=None)
        ],
        "done": [
            {"at": one.at.isoformat(), "who": one.who, "verb": one.verb}
            for one in things_about(person, limit=None)
        ],
    }
    name = slugify(person.full_name) or "my"
    return JsonResponse(
        answer,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={
            "Content-Disposition": f'attachment; filename="{name}-data.json"',
            "Cache-Control": "private, no-store",
        },
    )
