"""The page of a team, and what its leader, her assistant or staff do there."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.teams.actions.activate_team import activate_team, waive_rule
from throughline.teams.actions.invite_member import invite_members
from throughline.teams.actions.name_member import name_member, remove_member, replace_member
from throughline.teams.enums import SIZE_RULE
from throughline.teams.models import Team, TeamMembership
from throughline.teams.queries import roster, team_tabs, team_with_roster
from throughline.teams.rules import (
    can_activate,
    can_edit_roster,
    can_waive,
    words_for,
)
from throughline.teams.web.forms import MemberForm, WaiveForm


@page("signed-in")
@require_GET
def mine(request: SignedInRequest) -> HttpResponse:
    """Show the teams that this person sees; straight on when it is one."""
    teams = list(
        Team.objects.visible_to(request.person)
        .live()
        .select_related("engagement__district", "engagement__cohort")
        .order_by("engagement__district__name", "pk")
    )
    if len(teams) == 1:
        return redirect("teams:team", ref=teams[0].ref)
    return render(request, "teams/mine.html", {"teams": teams})


@page("signed-in")
@require_http_methods(["GET", "POST"])
def team(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show a team's roster; name another member."""
    found = _team(request, ref)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = name_member(found, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("%(name)s is on the roster.") % {"name": member})
            return redirect("teams:team", ref=ref)
    return _show(request, found, form=form)


@page("signed-in")
@require_POST
def invite(request: SignedInRequest, ref: str) -> HttpResponse:
    """Write to everybody on the roster who was not asked yet."""

    def write(found: Team) -> str:
        sent = len(invite_members(found, by=request.person, now=clock.now()))
        if not sent:
            return _("Everybody with an e-mail address has been asked already.")
        return ngettext(
            "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", sent
        ) % {"count": sent}

    return _do(request, ref, write)


@page("signed-in")
@require_POST
def start(request: SignedInRequest, ref: str) -> HttpResponse:
    """Start a team whose members have said yes."""

    def begin(found: Team) -> str:
        activate_team(found, by=request.person, now=clock.now())
        return _("The team has started.")

    return _do(request, ref, begin)


@page("staff")
@require_POST
def waive(request: SignedInRequest, ref: str) -> HttpResponse:
    """Let a team start although its size does not fit."""
    found = _team(request, ref)
    form = WaiveForm(request.POST)
    if form.is_valid():
        try:
            waive_rule(
                found, rule=SIZE_RULE, **form.cleaned_data, by=request.person, now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("The size rule does not hold for this team any more."))
            return redirect("teams:team", ref=ref)
    return _show(request, found, waiver=form)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask, then take a member off the roster."""
    member = _member(request, ref)
    error = ""
    if request.method == "POST":
        try:
            remove_member(member, by=request.person, now=clock.now())
        except DomainError as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("%(name)s is off the roster.") % {"name": member})
            return redirect("teams:team", ref=member.team.ref)
    context = {
        "member": member, "error": error, "back_href": reverse("teams:team", args=[member.team.ref]),
    }  # fmt: skip
    return render(request, "teams/remove.html", context, status=422 if error else 200)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def replace(request: SignedInRequest, ref: str) -> HttpResponse:
    """Let a member leave and name who follows her."""
    member = _member(request, ref)
    form = MemberForm(request.POST or None, initial={"kind": member.kind})
    if request.method == "POST" and form.is_valid():
        try:
            follower = replace_member(
                member, **form.cleaned_data, by=request.person, now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(
                request,
                _("%(new)s follows %(old)s. Send the invitation next.")
                % {"new": follower, "old": member},
            )
            return redirect("teams:team", ref=member.team.ref)
    context = {"member": member, "form": form, "words": words_for(member.team.engagement)}
    return render(request, "teams/replace.html", context, status=422 if form.errors else 200)


def _do(request: SignedInRequest, ref: str, act: Callable[[Team], str]) -> HttpResponse:
    """Do one thing to a team and go back; a refusal is shown on the page, with status 422."""
    found = _team(request, ref)
    try:
        said = act(found)
    except DomainError as error:
        return _show(request, found, refusal=str(error))
    messages.success(request, said)
    return redirect("teams:team", ref=ref)


def _show(
    request: SignedInRequest,
    found: Team,
    *,
    form: MemberForm | None = None,
    waiver: WaiveForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    person = request.person
    form = form or MemberForm()
    waiver = waiver or WaiveForm()
    context = {
        "team": found,
        "tabs": team_tabs(found, reverse("teams:team", args=[found.ref])),
        "roster": roster(found),
        "form": form,
        "waiver": waiver,
        "refusal": refusal,
        "may_edit": can_edit_roster(person, found),
        "may_start": can_activate(person, found),
        "may_waive": can_waive(person, found),
        "words": words_for(found.engagement),
    }
    wrong = bool(form.errors or waiver.errors or refusal)
    return render(request, "teams/team.html", context, status=422 if wrong else 200)


def _team(request: SignedInRequest, ref: str) -> Team:
    found = team_with_roster(request.person, ref)
    if found is None:
        raise Http404
    return found


def _member(request: SignedInRequest, ref: str) -> TeamMembership:
    """Return a member whom this person may take off the roster; a stranger finds nothing."""
    seen = TeamMembership.objects.visible_to(request.person).live()
    related = seen.select_related("team__engagement__cohort__version", "team__engagement__district")
    member = get_object_or_404(related, ref=ref)
    if not can_edit_roster(request.person, member.team):
        raise Http404
    return member
