"""The one-page report of a cohort, to read, to print and as a spreadsheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from throughline.core import clock
from throughline.core.pages import page
from throughline.home.printing import (
    document_of,
    figures_of,
    file_name,
    lead_of,
    notes,
    sheets_of,
)
from throughline.home.queries.cohort_report import CohortReport, cohort_report
from throughline.people.http import SignedInRequest
from throughline.programs.models import Cohort
from throughline.programs.queries import cohort_tabs
from throughline.programs.words import words_of
from throughline.ui.exports.pdf import send_pdf
from throughline.ui.exports.xlsx import send_xlsx


@page("staff")
@require_GET
def report(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show who came, how many hours were given and who needs a hand, in one period or so far."""
    found = _report(request, ref)
    context = {
        "report": found,
        "cohort": found.cohort,
        "figures": figures_of(found),
        "lead": lead_of(found),
        "notes": notes(),
        "tabs": cohort_tabs(request.person, found.cohort, request.path),
        "words": words_of(found.cohort.version),
    }
    return render(request, "home/report.html", context)


@page("staff")
@require_GET
def report_file(request: SignedInRequest, ref: str) -> HttpResponse:
    """Download the report as a document to print."""
    found = _report(request, ref)
    return send_pdf(document_of(found, by=request.person), file_name(found, "pdf"))


@page("staff")
@require_GET
def report_numbers(request: SignedInRequest, ref: str) -> HttpResponse:
    """Download the numbers of the report as a spreadsheet."""
    found = _report(request, ref)
    return send_xlsx(
        sheets_of(found),
        file_name(found, "xlsx"),
        title=found.cohort.label,
        author=request.person.network.name,
        made_at=clock.now(),
    )


def _report(request: SignedInRequest, ref: str) -> CohortReport:
    staffed = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    cohort = get_object_or_404(staffed.select_related("version", "program"), ref=ref)
    period = request.GET.get("period", "")
    return cohort_report(request.person, cohort, period=period, now=clock.now())
