"""The page where participants see what they were promised."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from throughline.core.pages import page
from throughline.ledger.queries import own_promises, own_standing
from throughline.people.http import SignedInRequest
from throughline.programs.models import Cohort


@page("signed-in")
@require_GET
def promised(request: SignedInRequest) -> HttpResponse:
    """Show what she and her district were promised, cohort by cohort, and what is left of it."""
    cohorts = Cohort.objects.visible_to(request.person).joined_by(request.person)
    groups = [
        (group, own_standing(request.person, group.cohort))
        for group in own_promises(request.person, cohorts)
    ]
    context = {"groups": groups}
    return render(request, "ledger/promised.html", context)
