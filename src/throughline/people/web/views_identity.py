"""The page on which somebody describes herself. Nobody else opens what stands there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.actions.describe_oneself import describe_oneself, take_back_description
from throughline.people.http import SignedInRequest
from throughline.people.identity import Kept
from throughline.people.queries import asked_of
from throughline.people.rules import can_describe
from throughline.people.sealing import KeyGone
from throughline.people.self_description import kept_of
from throughline.people.web.identity_form import AboutYouForm


@page("signed-in")
@require_http_methods(["GET", "POST"])
def about_you(request: SignedInRequest) -> HttpResponse:
    """Show what she says about herself, to herself, and keep what she changes."""
    person = request.person
    allowed = can_describe(person, person)
    kept, is_locked = _kept(request)
    asked = asked_of(person) if allowed and not is_locked else []
    form = AboutYouForm(request.POST if request.method == "POST" else None, asked=asked, kept=kept)
    if request.method == "POST" and form.is_valid():
        try:
            describe_oneself(person, form.given(), by=person, now=clock.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept for you alone."))
            return redirect("people:about_you")
    now_asked = {one.key for one in asked}
    context = {
        "form": form,
        "is_asked": bool(asked),
        "refusal": allowed.reason,
        "is_locked": is_locked,
        "has_answers": bool(kept) or is_locked,
        "earlier": [one for key, one in kept.items() if key not in now_asked],
    }
    return render(request, "people/about_you.html", context, status=422 if form.errors else 200)


def _kept(request: SignedInRequest) -> tuple[dict[str, Kept], bool]:
    try:
        return kept_of(request.person), False
    except KeyGone:
        return {}, True


@page("signed-in")
@require_http_methods(["GET", "POST"])
def take_back(request: SignedInRequest) -> HttpResponse:
    """Ask, then remove everything that she says about herself."""
    if request.method == "POST":
        take_back_description(request.person, by=request.person, now=clock.now())
        messages.success(request, _("Nothing that you said about yourself is kept any more."))
        return redirect("people:about_you")
    context = {
        "title": _("Remove your answers about yourself?"),
        "eyebrow": _("About you"),
        "consequence": _("They are gone for good. You can answer again whenever you like."),
        "action": _("Remove them"),
        "back_href": reverse("people:about_you"),
    }
    return render(request, "ui/confirm.html", context)
