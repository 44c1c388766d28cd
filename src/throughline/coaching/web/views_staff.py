"""Pages where the host's staff say who coaches whom."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.coaching import queries
from throughline.coaching.actions import assign_coach, end_coaching, name_coach
from throughline.coaching.enums import Belongs
from throughline.coaching.models import Coach, CoachingEngagement
from throughline.coaching.web.forms import AssignForm, CoachForm
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.enums import Role
from throughline.people.http import SignedInRequest
from throughline.people.models import Person, RoleAssignment
from throughline.programs.models import DistrictEngagement
from throughline.teams.models import Team


@page("staff")
@require_http_methods(["GET", "POST"])
def coaches(request: SignedInRequest) -> HttpResponse:
    """List who coaches in this network and how many each, and name another coach."""
    form = CoachForm(request.POST or None, initial={"belongs": Belongs.CONTRACTED, "load_cap": 6})
    if request.method == "POST" and form.is_valid():
        try:
            coach = name_coach(**form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said = _("%(name)s coaches in this network. Now choose whom.")
            messages.success(request, said % {"name": coach})
            return redirect("coaching:coaches")
    context = {"form": form, "coaches": queries.coaches_of(request.person)}
    return render(request, "coaching/coaches.html", context, status=422 if form.errors else 200)


@page("staff")
@require_http_methods(["GET", "POST"])
def assign(request: SignedInRequest) -> HttpResponse:
    """Give a leader or a team a coach."""
    person = request.person
    coaches = list(
        Coach.objects.visible_to(person).select_related("person").order_by("person__full_name")
    )
    seated = {
        one.scope_id: one
        for one in DistrictEngagement.objects.visible_to(person)
        .seated()
        .filter(scope__in=person.staffed_scopes())
        .select_related("district", "scope", "cohort__version")
    }
    leaders = [
        (role.person, seated[role.scope_id])
        for role in RoleAssignment.objects.visible_to(person)
        .live()
        .filter(scope__in=list(seated), role=Role.FELLOW)
        .select_related("person")
        .order_by("person__full_name", "pk")
    ]
    teams = list(
        Team.objects.visible_to(person)
        .live()
        .filter(engagement__scope__in=list(seated))
        .select_related("engagement__district", "engagement__scope", "engagement__cohort__version")
        .order_by("name", "pk")
    )
    form = AssignForm(
        request.POST or None,
        coaches=coaches,
        people=[(leader, str(where)) for leader, where in leaders],
        teams=teams,
    )
    if request.method == "POST" and form.is_valid():
        try:
            coaching = _assign(form, coaches, leaders, teams, by=person)
        except DomainError as error:
            form.add_error("whom" if error.field == "coachee" else "coach", str(error))
        else:
            said = _("%(coach)s coaches %(name)s from today.")
            messages.success(request, said % {"coach": coaching.coach, "name": coaching.with_whom})
            return redirect("coaching:coaching")
    context = {"form": form, "coaches": coaches}
    return render(request, "coaching/assign.html", context, status=422 if form.errors else 200)


def _assign(
    form: AssignForm,
    coaches: list[Coach],
    leaders: list[tuple[Person, DistrictEngagement]],
    teams: list[Team],
    *,
    by: Person,
) -> CoachingEngagement:
    coach = next(one for one in coaches if one.ref == form.cleaned_data["coach"])
    kind, _sep, ref = form.cleaned_data["whom"].partition(":")
    now = clock.now()
    if kind == "team":
        team = next(one for one in teams if one.ref == ref)
        return assign_coach(coach, engagement=team.engagement, team=team, by=by, now=now)
    leader, engagement = next(pair for pair in leaders if pair[0].ref == ref)
    return assign_coach(coach, engagement=engagement, coachee=leader, by=by, now=now)


@page("staff")
@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, ref: str) -> HttpResponse:
    """End who coaches whom. It needs no reason."""
    coaching = get_object_or_404(
        CoachingEngagement.objects.visible_to(request.person)
        .staffed_by(request.person)
        .select_related("coach__person", "coachee", "team", "scope"),
        ref=ref,
    )
    if request.method == "POST":
        try:
            end_coaching(coaching, by=request.person, now=clock.now())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Ended. A new coach can be assigned."))
        return redirect("coaching:coaching")
    return render(request, "coaching/end.html", {"coaching": coaching})
