"""One application as staff and the selection committee read it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from throughline.admissions.districts import districts_of
from throughline.admissions.dossier import Dossier
from throughline.admissions.models import Application
from throughline.admissions.queries import RELATED, given_to, waits_for_own
from throughline.admissions.web.views_staff import call_context
from throughline.core.pages import page
from throughline.people.http import SignedInRequest


@page("signed-in")
@require_GET
def dossier(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show what was sent and what its readers gave; a tie closes it, a draft is nobody's."""
    seen = Application.objects.visible_to(request.person).decided_by(request.person).sent()
    found = get_object_or_404(seen.select_related(*RELATED), ref=ref)
    opened = Dossier(found)
    waits = waits_for_own(request.person, found)
    context = call_context(found.call, "selection", request.person) | {
        "application": found,
        "facts": districts_of(request.person, [found])[found.ref],
        "sections": [(line.title, opened.lines(line.key)) for line in opened.parts],
        "waits_for_own": waits,
        "given": [] if waits else given_to(request.person, found),
    }
    return render(request, "admissions/dossier.html", context)
