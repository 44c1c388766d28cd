"""Pages of evidence for everyone who is signed in."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.evidence import hooks, queries
from throughline.evidence.actions import ask_for_graduation, pin_finding
from throughline.evidence.answers import GraduationPage
from throughline.evidence.groups import ALL
from throughline.evidence.lenses import lenses_for
from throughline.evidence.models import Finding
from throughline.evidence.web import charts, exports
from throughline.evidence.web.forms import AskForm, DistrictForm, KeepForm
from throughline.people.http import SignedInRequest
from throughline.people.models import Place
from throughline.ui import spelling


@page("signed-in")
@require_GET
def districts(request: SignedInRequest) -> HttpResponse:
    """Choose a district: those whose figures are here, or any by name and state."""
    form = DistrictForm(request.GET or None, queries.states(request.person))
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    name, state = str(asked.get("name", "")).strip(), str(asked.get("state", ""))
    context = {
        "form": form,
        "found": queries.districts(request.person, name=name, state=state),
        "is_search": bool(name or state),
    }
    return render(request, "evidence/districts.html", context, status=422 if form.errors else 200)


@page("signed-in")
@require_GET
def graduation(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a district's published graduation rates by student group, as ranges."""
    place = _district(request, code)
    return _show(request, _ask(request, place))


def _district(request: SignedInRequest, code: str) -> Place:
    places = Place.objects.visible_to(request.person).districts()
    return get_object_or_404(places.select_related("parent"), code=code)


def _ask(request: SignedInRequest, place: Place, **fixed: str) -> GraduationPage:
    """Read the question from the address; what it does not know falls back to the first view."""
    wanted = {**request.GET.dict(), **fixed}
    year = str(wanted.get("year", ""))
    return queries.district_graduation(
        request.person,
        place,
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        comparator=str(wanted.get("compare_with", ALL)),
        lens=str(wanted.get("by", "everything")),
        look=str(wanted.get("look", ALL)),
    )


def _show(
    request: SignedInRequest, found: GraduationPage, keep: KeepForm | None = None
) -> HttpResponse:
    if not found.years:
        may = queries.may_load(request.person)
        return render(request, "evidence/not_loaded.html", {"page": found, "may_load": may})
    scope = queries.keeping_scope(request.person)
    if keep is None and scope is not None:
        keep = KeepForm(found, scope)
    lenses = lenses_for(request.person)
    context = {
        "page": found,
        "ask": AskForm(found, lenses),
        "not_split_by": spelling.listed(lenses.unknown()),
        "groups": charts.group_lines(found),
        "everyone": charts.everyone_line(found),
        "moves": charts.move_lines(found),
        "schools": charts.school_lines(found),
        "keep": keep,
        "scope": scope,
        "offers_challenge": bool(hooks.NEXT_STEPS),
        "query": request.GET.urlencode(),
    }
    status = 422 if keep is not None and keep.errors else 200
    return render(request, "evidence/graduation.html", context, status=status)


@page("signed-in")
@require_GET
def figures_file(request: SignedInRequest, code: str) -> HttpResponse:
    """Send exactly what the page shows, as a file for a spreadsheet."""
    found = _ask(request, _district(request, code))
    text = io.StringIO()
    csv.writer(text).writerows(exports.rows(found))
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"graduation-{found.place.code}-{found.year or 'none'}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("signed-in")
@require_POST
def load(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for a district's figures; they come in the background."""
    place = _district(request, code)
    try:
        ask_for_graduation(place, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The figures are on their way. Open this page again in a minute.")
        )
    return redirect("evidence:graduation", code=place.code)


@page("signed-in")
@require_POST
def keep(request: SignedInRequest, code: str) -> HttpResponse:
    """Keep one figure as a finding, then show it, or take it on to the challenge."""
    place = _district(request, code)
    scope = queries.keeping_scope(request.person)
    found = _ask(
        request,
        place,
        year=request.POST.get("year", ""),
        compare_with=request.POST.get("comparator", ALL),
    )
    if scope is None or not found.years:
        messages.error(request, _("There is nothing to keep here yet."))
        return redirect("evidence:graduation", code=place.code)
    form = KeepForm(found, scope, request.POST)
    if form.is_valid():
        try:
            kept = pin_finding(
                place, scope=scope, **form.cleaned_data, by=request.person, now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _after_keeping(request, kept)
    return _show(request, found, form)


def _after_keeping(request: HttpRequest, kept: Finding) -> HttpResponse:
    steps = hooks.next_steps(kept.author, kept)
    if request.POST.get("then") == "challenge" and steps:
        return redirect(steps[0].href)
    messages.success(request, _("Kept. Who may read it is written below."))
    return redirect("evidence:finding", ref=kept.ref)


@page("signed-in")
@require_GET
def finding(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show a finding: its sentence, where the figure stands, the note, who reads it."""
    kept = get_object_or_404(
        Finding.objects.visible_to(request.person).select_related(
            "author", "scope", "release__cells", "release__cells__population__owner_place"
        ),
        ref=ref,
    )
    context = {
        "finding": kept,
        "place": kept.release.cells.population.owner_place,
        "steps": hooks.next_steps(request.person, kept),
    }
    return render(request, "evidence/finding.html", context)
