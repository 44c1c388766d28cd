"""Pages of the applicant and of whoever fills in for her."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from throughline.admissions.actions.save_part import FIXED, save_part
from throughline.admissions.actions.sign_statements import statement_of
from throughline.admissions.actions.start_application import start_application
from throughline.admissions.actions.submit_application import submit_application
from throughline.admissions.actions.take_back_application import (
    take_back_application,
    withdraw_application,
)
from throughline.admissions.dossier import Dossier, is_asked
from throughline.admissions.enums import ApplicationState
from throughline.admissions.models import Application, Call
from throughline.admissions.printing import file_name, for_applicant
from throughline.admissions.queries import application_for, my_applications
from throughline.admissions.rules import can_start, can_submit, can_take_back, can_write, is_signer
from throughline.admissions.web.forms import NamedPlaceForm, SendForm, StartForm, sent
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.forms.districts import district_of
from throughline.forms.enums import FieldKind
from throughline.forms.queries import Question, revisions
from throughline.forms.render import AnswersForm, build_form
from throughline.people.actions import NamedPlace
from throughline.people.http import SignedInRequest
from throughline.people.models import Person, Place
from throughline.programs.words import words_of
from throughline.teams.queries import advice, roster
from throughline.ui.exports.pdf import send_pdf


@page("signed-in")
@require_GET
def mine(request: SignedInRequest) -> HttpResponse:
    """Show the applications she leads or fills in; straight on when it is one."""
    found = list(my_applications(request.person))
    if len(found) == 1:
        return redirect("admissions:application", ref=found[0].ref)
    open_calls = (
        Call.objects.visible_to(request.person)
        .filter(opens_at__lte=clock.now(), closes_at__gt=clock.now())
        .select_related("cohort__program")
    )
    return render(request, "admissions/mine.html", {"applications": found, "calls": open_calls})


@page("signed-in")
@require_http_methods(["GET", "POST"])
def start(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask for the district, or what it is when no list has it, then begin.

    What the check asked is filled in.
    """
    calls = Call.objects.visible_to(request.person).filter(network_id=request.person.network_id)
    call = get_object_or_404(calls.select_related("cohort__program", "cohort__version"), ref=ref)
    is_elsewhere = "elsewhere" in request.GET
    given = {name: request.GET.get(name, "") for name in ("district", "title")}
    form: forms.Form
    if is_elsewhere:
        form = NamedPlaceForm(sent(request), initial={**given, "name": given["district"]})
    else:
        form = StartForm(sent(request), initial=given)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data.get("elsewhere"):
            return redirect(f"{request.path}?{urlencode(_asked_on(form.cleaned_data))}")
        try:
            begun = start_application(
                call,
                district_place=_place(form.cleaned_data),
                title_key=form.cleaned_data["title"],
                by=request.person,
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("admissions:application", ref=begun.ref)
    context = {
        "call": call,
        "form": form,
        "is_elsewhere": is_elsewhere,
        "may_start": can_start(request.person, call, clock.now()),
        "words": words_of(call.cohort.version),
    }
    return render(request, "admissions/start.html", context, status=422 if form.errors else 200)


def _asked_on(said: dict[str, Any]) -> dict[str, str]:
    return {"elsewhere": "1", "district": said["district"], "title": said["title"]}


def _place(said: dict[str, Any]) -> Place | NamedPlace:
    if "country" in said:
        return NamedPlace(said["name"], said["country"], said["region"])
    place = district_of(said["district"])
    if place is None:
        raise Http404
    return place


@page("signed-in")
@require_GET
def application(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show the task list: what is done, what is open, who writes, until when."""
    found = _found(request, ref)
    dossier = Dossier(found)
    parts = dossier.parts
    done = sum(part.is_done for part in parts)
    minutes = int(dossier.submission.form_version.settings.get("minutes") or 0)
    open_share = (len(parts) - done) / len(parts) if parts else 0
    helpers = found.scope.delegations.live().filter(principal=found.lead).select_related("delegate")
    context = _context(request, found) | {
        "parts": parts,
        "done": done,
        "minutes_left": 5 * round(minutes * open_share / 5),
        "helpers": [grant for grant in helpers if "edit_application" in grant.may],
        "may_submit": can_submit(request.person, found, clock.now()),
        "may_take_back": can_take_back(request.person, found, clock.now()),
        "cases": list(found.cases.all()),
    }
    return render(request, "admissions/application.html", context)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def part(request: SignedInRequest, ref: str, part: str) -> HttpResponse:
    """Ask the questions of one section; save them while they are typed."""
    found = _found(request, ref)
    dossier = Dossier(found)
    asked = dossier.of_part(part)
    titles = dict(dossier.submission.form_version.parts)
    if part not in titles:
        raise Http404
    may_write = can_write(request.person, found, clock.now())
    form = _form(request, dossier, asked)
    conflicts: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_part(
                found,
                part,
                form.values(),
                by=request.person,
                now=clock.now(),
                revisions=form.seen_revisions(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            form.show_revisions({**form.seen_revisions(), **saved.revisions})
            conflicts = saved.conflicts
            if not conflicts and not request.POST.get("autosave"):
                return _onward(request, dossier, part)
            dossier.submission.saved_at = saved.saved_at
    context = _context(request, found) | {
        "title": dossier.words.fill(titles[part]),
        "part": part,
        "form": form,
        "conflicts": [_both(dossier, one) for one in conflicts],
        "may_write": may_write,
        "saved_at": dossier.submission.saved_at,
        "place_in": _place_in(dossier, part),
        "criteria": dossier.looked_for(part),
        "statements": _statements(request.person, dossier, asked),
        "district_line": [
            dossier.line(one) for one in asked if one.wording.kind == FieldKind.DISTRICT
        ],
        **_roster(found, asked),
    }
    status = 409 if conflicts else 422 if form.errors else 200
    return render(request, "admissions/part.html", context, status=status)


def _form(request: SignedInRequest, dossier: Dossier, asked: list[Question]) -> AnswersForm:
    """Ask what this person may answer: a delegate is shown no statement to confirm."""
    signs = is_signer(request.person, dossier.application)
    own = [
        one
        for one in asked
        if is_asked(one)
        and one.wording.kind not in FIXED
        and (signs or one.wording.kind != FieldKind.ATTEST)
    ]
    return build_form(
        own,
        dossier.given,
        data=request.POST if request.method == "POST" else None,
        revisions=revisions(dossier.submission),
        around=dossier.around,
    )


def _place_in(dossier: Dossier, part: str) -> tuple[int, int]:
    """Return which section this is, of those that ask something."""
    keys = [line.key for line in dossier.parts]
    return (keys.index(part) + 1 if part in keys else len(keys)), len(keys)


def _statements(person: Person, dossier: Dossier, asked: list[Question]) -> list[str]:
    if is_signer(person, dossier.application):
        return []
    return [
        dossier.words.fill(one.wording.ask) for one in asked if one.wording.kind == FieldKind.ATTEST
    ]


def _roster(found: Application, asked: list[Question]) -> dict[str, Any]:
    if not any(one.wording.kind == FieldKind.ROSTER for one in asked):
        return {}
    return {"roster": roster(found.team), "advice": advice(found.team)}


def _both(dossier: Dossier, conflict: Any) -> dict[str, Any]:
    asked = {one.key: one for one in dossier.asked}[conflict.key]
    return {
        "ask": dossier.words.fill(asked.wording.ask),
        "yours": conflict.yours,
        "theirs": conflict.theirs,
        "who": conflict.written_by,
        "at": conflict.at,
    }


def _onward(request: SignedInRequest, dossier: Dossier, part: str) -> HttpResponse:
    """Go to the next section, or back to the list when she comes back later."""
    ref = dossier.application.ref
    if request.POST.get("later"):
        messages.success(request, _("Saved. You can close this page."))
        return redirect("admissions:application", ref=ref)
    keys = [line.key for line in Dossier(dossier.application).parts]
    later = keys[keys.index(part) + 1 :] if part in keys else []
    if later:
        return redirect("admissions:part", ref=ref, part=later[0])
    return redirect("admissions:application", ref=ref)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def check_answers(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show all answers as readers will see them; sign and send."""
    found = _found(request, ref)
    dossier = Dossier(found)
    statement = statement_of(dossier)
    form = SendForm(
        sent(request), statement=statement, initial={"typed_name": request.person.full_name}
    )
    if request.method == "POST" and form.is_valid():
        try:
            submit_application(
                found,
                typed_name=form.cleaned_data["typed_name"],
                by=request.person,
                now=clock.now(),
                once=request.POST.get("once"),
            )
        except DomainError as error:
            found.refresh_from_db()  # what the action had begun is undone
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("admissions:receipt", ref=ref)
    titles = {line.key: line.title for line in dossier.parts}
    context = _context(request, found) | {
        "form": form,
        "sections": [(key, title, dossier.lines(key)) for key, title in titles.items()],
        "missing": dossier.missing,
        "kept_apart": any(one.wording.is_sealed for one in dossier.asked),
        "may_submit": can_submit(request.person, found, clock.now()),
        "may_write": can_write(request.person, found, clock.now()),
        "readers": found.call.phases.first(),
    }
    status = 422 if form.errors else 200
    return render(request, "admissions/check_answers.html", context, status=status)


@page("signed-in")
@require_GET
def application_file(request: SignedInRequest, ref: str) -> HttpResponse:
    """Send her whole application, to print or keep."""
    found = _found(request, ref)
    document = for_applicant(Dossier(found), by=request.person, now=clock.now())
    return send_pdf(document, file_name(found))


@page("signed-in")
@require_GET
def receipt(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say that it arrived, under which number, and what happens next."""
    found = _found(request, ref)
    if found.state in {ApplicationState.DRAFT, ApplicationState.WITHDRAWN}:
        return redirect("admissions:application", ref=ref)
    context = _context(request, found) | {
        "readers": found.call.phases.first(),
        "results": list(found.results.select_related("version")),
        "may_take_back": can_take_back(request.person, found, clock.now()),
        "attestation": found.attestations.select_related("signed_text__text").last(),
    }
    return render(request, "admissions/receipt.html", context)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def take_back(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask, then reopen a sent application so that answers can be changed."""
    return _confirm(
        request,
        ref,
        take_back_application,
        title=_("Change your application?"),
        consequence=_("It counts as not sent until you send it again. Your answers stay."),
        action=_("Open it for changes"),
        said=_("Your application is open again. Remember to send it."),
    )


@page("signed-in")
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask, then withdraw for good."""
    return _confirm(
        request,
        ref,
        withdraw_application,
        title=_("Withdraw your application?"),
        consequence=_("Nobody will read it, and it cannot be sent again. You can begin a new one."),
        action=_("Withdraw my application"),
        said=_("Your application is withdrawn."),
    )


def _confirm(
    request: SignedInRequest, ref: str, act: Any, *, said: str, **words: str
) -> HttpResponse:
    found = _found(request, ref)
    if not is_signer(request.person, found):
        raise Http404
    back = reverse("admissions:application", args=[ref])
    context: dict[str, Any] = {**words, "back_href": back, "eyebrow": found.number}
    if request.method == "POST":
        try:
            act(found, by=request.person, now=clock.now())
        except DomainError as error:
            context["consequence"] = str(error)
            return render(request, "ui/confirm.html", context, status=422)
        messages.success(request, said)
        return redirect("admissions:application", ref=ref)
    return render(request, "ui/confirm.html", context)


def _found(request: SignedInRequest, ref: str) -> Application:
    found = application_for(request.person, ref)
    if found is None:
        raise Http404
    return found


def _context(request: SignedInRequest, found: Application) -> dict[str, Any]:
    return {
        "application": found,
        "call": found.call,
        "words": words_of(found.call.cohort.version),
        "signs": is_signer(request.person, found),
    }
