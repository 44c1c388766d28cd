"""Pages of inquiry for a team and whoever may read its challenge."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.evidence.models import Finding
from throughline.inquiry import queries
from throughline.inquiry.actions import (
    EditedMeanwhile,
    agree_challenge,
    cite_finding,
    edit_challenge,
    explain_missing,
    propose_challenge,
    start_challenge,
)
from throughline.inquiry.enums import EvidenceKind
from throughline.inquiry.models import Challenge
from throughline.inquiry.rules import can_agree, can_edit, can_propose
from throughline.inquiry.web.forms import EditForm, MissingForm, StartForm
from throughline.people.http import SignedInRequest
from throughline.teams.models import Team


@page("signed-in")
@require_GET
def challenges(request: SignedInRequest) -> HttpResponse:
    """List the challenges that this person may read; with one, it is opened at once."""
    found = list(
        Challenge.objects.visible_to(request.person)
        .select_related("owner_scope__team__engagement__district", "owner_person")
        .order_by("pk")
    )
    own = Team.objects.visible_to(request.person).live().exists()
    return render(request, "inquiry/challenges.html", {"challenges": found, "has_team": own})


@page("signed-in")
@require_http_methods(["GET", "POST"])
def use(request: SignedInRequest, ref: str) -> HttpResponse:
    """Begin the team's challenge from a finding, or add the finding to the one it has."""
    finding = get_object_or_404(Finding.objects.visible_to(request.person), ref=ref)
    team = queries.team_of(request.person, finding)
    if team is None:
        raise Http404
    there = queries.live_challenge(request.person, team)
    if there is not None:
        return _add(request, finding, there)
    form = StartForm(team, request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = dict(form.cleaned_data)
        try:
            started = start_challenge(
                team, finding=finding, where_=words.pop("where"), **words,
                by=request.person, now=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(
                request, _("Your challenge has begun. It is a draft until the team agrees.")
            )
            return redirect("inquiry:challenge", ref=started.ref)
    context = {"finding": finding, "team": team, "form": form}
    return render(request, "inquiry/start.html", context, status=422 if form.errors else 200)


def _add(request: SignedInRequest, finding: Finding, there: Challenge) -> HttpResponse:
    if request.method == "POST":
        try:
            cite_finding(there, finding, by=request.person, now=clock.now())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The finding is added to your challenge."))
        return redirect("inquiry:challenge", ref=there.ref)
    return render(request, "inquiry/add.html", {"finding": finding, "challenge": there})


def _challenge(request: SignedInRequest, ref: str) -> Challenge:
    readable = Challenge.objects.visible_to(request.person).select_related("scope", "author")
    found: Challenge = get_object_or_404(readable, ref=ref)
    return found


@page("signed-in")
@require_http_methods(["GET", "POST"])
def challenge(request: SignedInRequest, ref: str) -> HttpResponse:
    """Read a challenge; its team writes it here."""
    found = _challenge(request, ref)
    form = EditForm(found, request.POST if request.method == "POST" else None)
    theirs: dict[str, str] = {}
    if form.is_valid():
        words = dict(form.cleaned_data)
        revision = int(words.pop("revision"))
        try:
            edit_challenge(found, words, revision=revision, by=request.person, now=clock.now())
        except EditedMeanwhile as error:
            form.add_error(None, str(error))
            theirs = error.theirs
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("inquiry:challenge", ref=found.ref)
    return _show(request, found, form=form, theirs=theirs)


def _show(
    request: SignedInRequest,
    found: Challenge,
    *,
    form: EditForm | None = None,
    theirs: dict[str, str] | None = None,
    missing: MissingForm | None = None,
) -> HttpResponse:
    shown = queries.challenge_page(request.person, found)
    form = form or EditForm(found)
    open_kinds = [known.kind for known in shown.known if known.is_open]
    forms = {kind: MissingForm(kind.value) for kind in open_kinds}
    if missing is not None and missing.data.get("kind") in EvidenceKind.values:
        forms[EvidenceKind(missing.data["kind"])] = missing
    context = {
        "page": shown,
        "challenge": found,
        "form": form,
        "theirs": [(form[part].label, words) for part, words in (theirs or {}).items()],
        "may_edit": can_edit(request.person, found),
        "may_ask": can_propose(request.person, found),
        "may_agree": can_agree(request.person, found),
        "writes": queries.may_write(request.person, found),
        "missing_forms": forms,
    }
    wrong = form.errors or (missing is not None and missing.errors)
    return render(request, "inquiry/challenge.html", context, status=422 if wrong else 200)


@page("signed-in")
@require_POST
def missing(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say why a kind of evidence is not there."""
    found = _challenge(request, ref)
    form = MissingForm(request.POST.get("kind", ""), request.POST)
    if form.is_valid():
        try:
            explain_missing(found, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("inquiry:challenge", ref=found.ref)
    return _show(request, found, missing=form)


@page("signed-in")
@require_POST
def ask(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask the team to agree."""
    found = _challenge(request, ref)
    try:
        version = propose_challenge(found, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Version %(number)d is before the team.") % {"number": version.number}
        )
    return redirect("inquiry:challenge", ref=found.ref)


@page("signed-in")
@require_POST
def agree(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that the team has agreed to the version that this page showed."""
    found = _challenge(request, ref)
    shown = request.POST.get("version", "")
    try:
        agree_challenge(
            found,
            version=int(shown) if shown.isdecimal() else 0,
            by=request.person,
            now=clock.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Recorded. These words stay from now on."))
    return redirect("inquiry:challenge", ref=found.ref)
