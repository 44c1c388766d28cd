"""Pages on which a director answers requests about personal data, and empties a record."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people import hooks
from throughline.people.actions.ask_for_deletion import refuse_request
from throughline.people.actions.empty_person import empty_person
from throughline.people.http import SignedInRequest
from throughline.people.models import PrivacyRequest
from throughline.people.personal import changes_of
from throughline.people.privacy_rules import can_answer_requests, can_empty
from throughline.people.web.privacy_forms import RefusalForm

PER_PAGE = 25


@page("staff")
@require_GET
def requests(request: SignedInRequest) -> HttpResponse:
    """Show open requests by the day an answer is due, and what was answered."""
    _look(request)
    seen = PrivacyRequest.objects.visible_to(request.person).select_related("person", "answered_by")
    found = Paginator(
        seen.order_by(F("answered_at").asc(nulls_first=True), "due_on", "pk"), PER_PAGE
    )
    context = {"page": found.get_page(request.GET.get("page"))}
    return render(request, "people/requests.html", context)


@page("staff")
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show what emptying would change and leave, before it is done; or refuse with a reason."""
    asked = _asked(request, ref)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_request(asked, form.cleaned_data["reason"], by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Answered. %(name)s reads it.") % {"name": asked.person})
            return redirect("people:requests")
    changes = changes_of(asked.person, hooks.PERSONAL_DATA)
    context = {
        "asked": asked,
        "form": form,
        "goes": [one for one in changes if one.removed or not one.stays],
        "stays": [one for one in changes if one.stays],
        "may": can_empty(request.person, asked.person),
    }
    return render(request, "people/request.html", context, status=422 if form.errors else 200)


@page("staff")
@require_http_methods(["GET", "POST"])
def empty(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask once more, then empty the record."""
    asked = _asked(request, ref)
    refusal = ""
    if request.method == "POST":
        try:
            empty_person(asked.person, by=request.person, now=clock.now())
        except DomainError as error:
            refusal = str(error)
        else:
            messages.success(request, _("The record is emptied."))
            return redirect("people:requests")
    context = {
        "title": _("Empty the record of %(name)s?") % {"name": asked.person},
        "eyebrow": _("Requests about personal data"),
        "consequence": refusal
        or _("This cannot be undone. Backups that were made before keep it until you delete them."),
        "action": _("Empty the record"),
        "back_href": reverse("people:answer_request", args=[asked.ref]),
    }
    return render(request, "ui/confirm.html", context, status=422 if refusal else 200)


def _look(request: SignedInRequest) -> None:
    if not can_answer_requests(request.person):
        raise Http404


def _asked(request: SignedInRequest, ref: str) -> PrivacyRequest:
    _look(request)
    seen = PrivacyRequest.objects.visible_to(request.person).select_related("person__network")
    return get_object_or_404(seen, ref=ref)
