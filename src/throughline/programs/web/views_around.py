"""Pages where staff see, invite and part with people around a cohort."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.people.models import RoleAssignment
from throughline.programs.actions.invite_around import invite_around, leave_cohort
from throughline.programs.around import AROUND, around_words, people_around
from throughline.programs.models import Cohort
from throughline.programs.queries import cohort_tabs
from throughline.programs.rules import can_invite_around
from throughline.programs.web.around_form import AroundForm
from throughline.programs.words import words_of


@page("staff")
@require_http_methods(["GET", "POST"])
def around(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show who is around a cohort; invite somebody."""
    cohort = _cohort(request, ref)
    form = AroundForm(
        request.POST if request.method == "POST" else None, roles=around_words(cohort.version)
    )
    if request.method == "POST" and form.is_valid():
        try:
            invited = invite_around(cohort, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said = _("%(name)s can sign in with a code and open what is shared with this cohort.")
            messages.success(request, said % {"name": invited})
            return redirect("programs:around", ref=ref)
    context = {
        "cohort": cohort,
        "form": form,
        "people": people_around(request.person, cohort),
        "may_invite": can_invite_around(request.person, cohort),
        "tabs": cohort_tabs(request.person, cohort, request.path),
        "words": words_of(cohort.version),
    }
    return render(request, "programs/around.html", context, status=422 if form.errors else 200)


@page("staff")
@require_http_methods(["GET", "POST"])
def part(request: SignedInRequest, ref: str, person: str, role: str) -> HttpResponse:
    """Ask, then end the role of somebody around a cohort."""
    cohort = _cohort(request, ref)
    held = RoleAssignment.objects.visible_to(request.person).live().select_related("person")
    assignment = get_object_or_404(
        held.filter(role__in=AROUND), scope=cohort.scope_id, person__ref=person, role=role
    )
    if not can_invite_around(request.person, cohort):
        raise Http404
    if request.method == "POST":
        leave_cohort(assignment, by=request.person, now=clock.now())
        said = _("%(name)s no longer takes part in this role.")
        messages.success(request, said % {"name": assignment.person})
        return redirect("programs:around", ref=ref)
    names = {
        "name": assignment.person, "role": dict(around_words(cohort.version))[role],
        "cohort": cohort.label,
    }  # fmt: skip
    context = {
        "title": _("End the role of %(name)s?") % names,
        "consequence": _(
            "%(name)s, %(role)s, no longer opens what is shared with %(cohort)s. What was "
            "written stays."
        )
        % names,
        "action": _("End this role"),
        "back_href": reverse("programs:around", args=[ref]),
        "eyebrow": cohort.label,
    }
    return render(request, "ui/confirm.html", context)


def _cohort(request: SignedInRequest, ref: str) -> Cohort:
    cohorts = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    return get_object_or_404(cohorts.select_related("program", "version", "scope"), ref=ref)
