"""Pages where a director moves a cohort's first day, or lets it go on under a later version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.programs.actions.replan_cohort import move_start, upgrade_cohort
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort
from throughline.programs.queries import cohort_tabs, later_versions
from throughline.programs.replanning import Shift, shifts_of
from throughline.programs.rules import can_import
from throughline.programs.upgrading import Preview, preview_of
from throughline.programs.web.forms import MoveStartForm, UpgradeForm
from throughline.programs.words import words_of


@page("staff")
@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, ref: str) -> HttpResponse:
    """Choose another first day, read every date that moves, then move it."""
    cohort = _cohort(request, ref)
    if cohort.state not in (CohortState.PLANNED, CohortState.RECRUITING):
        raise Http404
    form = MoveStartForm(_asked(request, "starts_on"), initial={"starts_on": cohort.starts_on})
    shifts: Sequence[Shift] = ()
    if form.is_valid():
        day = form.cleaned_data["starts_on"]
        try:
            shifts = shifts_of(
                cohort, version=cohort.version, starts_on=day, today=clock.today(cohort.zone)
            )
            if request.method == "POST":
                _as_seen(cohort, request)
                reason = form.cleaned_data["reason"]
                move_start(cohort, day, by=request.person, now=clock.now(), reason=reason)
                messages.success(
                    request, _("Moved. Whoever had answered for other days is asked again.")
                )
                return redirect("programs:calendar", ref=ref)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    context = {"form": form, "shifts": _moving_first(shifts)}
    return _show(request, cohort, "programs/move.html", context)


@page("staff")
@require_http_methods(["GET", "POST"])
def upgrade(request: SignedInRequest, ref: str) -> HttpResponse:
    """Read what a later version changes for whom, then let the cohort go on under it."""
    cohort = _cohort(request, ref)
    later = later_versions(request.person, cohort)
    if not later:
        raise Http404
    form = UpgradeForm(
        _asked(request, "version"), versions=later, initial={"version": later[0].number}
    )
    preview: Preview | None = None
    if form.is_valid():
        version = next(one for one in later if str(one.number) == form.cleaned_data["version"])
        try:
            preview = preview_of(cohort, version, today=clock.today(cohort.zone))
            if request.method == "POST":
                _as_seen(cohort, request)
                upgrade_cohort(cohort, version, by=request.person, now=clock.now())
                messages.success(
                    request,
                    _("%(cohort)s goes on under version %(number)d.")
                    % {"cohort": cohort.label, "number": version.number},
                )
                return redirect("programs:cohort", ref=ref)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    shifts = _moving_first(preview.shifts) if preview else []
    context = {"form": form, "preview": preview, "shifts": shifts}
    return _show(request, cohort, "programs/upgrade.html", context)


def _moving_first(shifts: Sequence[Shift]) -> list[Shift]:
    """Put what stays after what moves; both stay in order of time."""
    return sorted(shifts, key=lambda one: bool(one.stays))


def _cohort(request: SignedInRequest, ref: str) -> Cohort:
    cohorts = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    found = get_object_or_404(cohorts.select_related("program", "version", "scope"), ref=ref)
    if not can_import(request.person, found.scope):
        raise Http404
    return found


def _asked(request: SignedInRequest, field: str) -> Any:
    if request.method == "POST":
        return request.POST
    return request.GET if field in request.GET else None


def _as_seen(cohort: Cohort, request: SignedInRequest) -> None:
    """Act on the cohort that the person read: if it changed since, the action says so."""
    seen = request.POST.get("revision", "")
    cohort.revision = int(seen) if seen.isascii() and seen.isdigit() else -1


def _show(
    request: SignedInRequest, cohort: Cohort, template: str, context: dict[str, Any]
) -> HttpResponse:
    shared = {
        "cohort": cohort,
        "revision": _cohort(request, cohort.ref).revision,
        "tabs": cohort_tabs(request.person, cohort, request.path),
        "words": words_of(cohort.version),
    }
    status = 422 if context["form"].errors else 200
    return render(request, template, {**shared, **context}, status=status)
