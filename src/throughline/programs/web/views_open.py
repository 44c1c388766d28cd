"""Pages where a director opens a cohort of a program that ships, and makes it public."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.programs.actions.move_cohort import publish_cohort
from throughline.programs.actions.open_program import open_program
from throughline.programs.models import Cohort
from throughline.programs.rules import can_import, root_of
from throughline.programs.shelf import DatedLine, preview, shelf
from throughline.programs.web.forms import OpenForm


@page("staff")
@require_http_methods(["GET", "POST"])
def open_(request: SignedInRequest) -> HttpResponse:
    """Choose a program and a day, read the whole calendar, then open the cohort."""
    if not can_import(request.person, root_of(request.person)):
        raise Http404
    programs = shelf(request.person)
    asked = request.POST if request.method == "POST" else request.GET or None
    form = OpenForm(asked, programs=programs)
    dates: list[DatedLine] = []
    if form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        chosen = values.pop("program")
        source = next(one.source for one in programs if one.key == chosen)
        try:
            dates = preview(source, values["starts_on"])
            if request.method == "POST":
                cohort = open_program(source, **values, by=request.person, now=clock.now())
                messages.success(request, _("Opened. It is public as soon as you publish it."))
                return redirect("programs:cohort", ref=cohort.ref)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    context = {"form": form, "dates": dates if not form.errors else []}
    return render(request, "programs/open.html", context, status=422 if form.errors else 200)


@page("staff")
@require_POST
def publish(request: SignedInRequest, ref: str) -> HttpResponse:
    """Make a planned cohort public: its call takes applications from the day it opens."""
    cohorts = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    cohort = get_object_or_404(cohorts.select_related("program", "version"), ref=ref)
    try:
        publish_cohort(cohort, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Published. The public page shows it from now on."))
    return redirect("programs:cohort", ref=ref)
