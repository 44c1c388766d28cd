"""The page where an invited person says yes or no for herself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.teams.actions.answer_invitation import accept_invitation, decline_invitation
from throughline.teams.models import TeamMembership
from throughline.teams.rules import can_answer, is_open, words_for


@page("signed-in")
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show an invitation to whom it is addressed, and take her answer."""
    person, now = request.person, clock.now()
    addressed = TeamMembership.objects.visible_to(person).asked(person)
    member = get_object_or_404(
        addressed.select_related(
            "team__engagement__district", "team__engagement__cohort__program",
            "team__engagement__cohort__version",
        ),
        ref=ref,
    )  # fmt: skip
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("answer") == "no":
                decline_invitation(member, by=person, now=now)
                messages.success(
                    request, _("Thank you for answering. Nothing more comes your way.")
                )
                return redirect("teams:answer", ref=ref)
            accept_invitation(member, by=person, now=now)
            messages.success(request, _("Welcome to the team."))
            return redirect("teams:team", ref=member.team.ref)
        except DomainError as error:
            refusal = str(error)
    may = can_answer(person, member, now)
    context = {
        "member": member,
        "is_open": is_open(member) and bool(may),
        "refusal": refusal or ("" if may else may.reason),
        "invitation": member.invitations.order_by("-pk").first(),
        "words": words_for(member.team.engagement),
    }
    return render(request, "teams/answer.html", context, status=422 if refusal else 200)
