"""Pages where staff see what was promised and what was delivered."""

from __future__ import annotations

import csv

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from throughline.core import clock
from throughline.core.pages import page
from throughline.ledger.queries import QUIET_AFTER, balances, last_entries, ledger_of_cohort
from throughline.people.http import SignedInRequest
from throughline.programs.models import Cohort
from throughline.programs.queries import cohort_tabs
from throughline.programs.words import words_of


@page("staff")
@require_GET
def cohort(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show the ledger of a cohort: every promise for all, one promise district by district."""
    found = _cohort(request, ref)
    today = clock.today(found.zone)
    ledger = ledger_of_cohort(
        request.person, found, promise_key=request.GET.get("promise", ""), today=today
    )
    context = {
        "cohort": found,
        "ledger": ledger,
        "flagged": [line for line in ledger.holders if line.flag],
        "entries": last_entries(request.person, ledger.chosen) if ledger.chosen else [],
        "quiet_days": QUIET_AFTER.days,
        "month": found.month_on(today),
        "tabs": cohort_tabs(request.person, found, request.path),
        "words": words_of(found.version),
    }
    return render(request, "ledger/cohort.html", context)


@page("staff")
@require_GET
def spreadsheet(request: SignedInRequest, ref: str) -> HttpResponse:
    """Download every balance of the cohort as a file that spreadsheets open."""
    found = _cohort(request, ref)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ledger-{found.ref}.csv"'
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Promise"),
            _("Holder"),
            _("Unit"),
            _("Promised"),
            _("Delivered"),
            _("Booked"),
            _("Free"),
        ]
    )
    for one in balances(request.person, found):
        numbers = [one.granted, one.delivered, one.scheduled, one.free]
        writer.writerow([_plain(one.label), _plain(one.holder), one.unit, *numbers])
    return response


def _plain(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _cohort(request: SignedInRequest, ref: str) -> Cohort:
    cohorts = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    return get_object_or_404(cohorts.select_related("program", "version"), ref=ref)
