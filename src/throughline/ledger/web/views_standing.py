"""Pages about good standing and completion: who meets which rule, waivers, and a trial run."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.ledger import trying
from throughline.ledger.actions.end_waiver import end_waiver
from throughline.ledger.actions.waive_rule import waive_rule
from throughline.ledger.enums import RuleList
from throughline.ledger.models import Waiver
from throughline.ledger.queries import judged_in, standing_page
from throughline.ledger.rules import can_waive
from throughline.ledger.standing import constants, fact_words, rules_of
from throughline.ledger.web.forms import TryForm, WaiveForm
from throughline.people.http import SignedInRequest
from throughline.programs.drafts import draft_of
from throughline.programs.enums import VersionState
from throughline.programs.models import BlueprintVersion, Cohort, Program
from throughline.programs.queries import cohort_tabs
from throughline.programs.rules import can_import
from throughline.programs.words import words_of


@page("staff")
@require_GET
def standing(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show each rule as a sentence, who meets it, who does not and what is missing."""
    found = _cohort(request, ref)
    context = {
        "cohort": found,
        "lists": standing_page(request.person, found),
        "may_waive": can_waive(request.person, found),
        "tabs": cohort_tabs(request.person, found, request.path),
        "words": words_of(found.version),
    }
    return render(request, "ledger/standing.html", context)


@page("staff")
@require_http_methods(["GET", "POST"])
def waive(request: SignedInRequest, ref: str, person: str, rules: str, rule: str) -> HttpResponse:
    """Ask why, then set a rule aside for one person."""
    cohort = _cohort(request, ref)
    people = [found for found, _district in judged_in(request.person, cohort).values()]
    whom = next((one for one in people if one.ref == person), None)
    asked = next(
        (one for one in rules_of(cohort.version) if (one.rules.value, one.key) == (rules, rule)),
        None,
    )
    if whom is None or asked is None:
        raise Http404
    form = WaiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            waive_rule(
                cohort, whom, rules=RuleList(rules), rule=rule, by=request.person,
                now=clock.now(), **form.cleaned_data,
            )  # fmt: skip
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Waived. The reason stands beside the rule."))
            return redirect("ledger:standing", ref=ref)
    context = {
        "title": _("Waive this rule for %(name)s?") % {"name": whom},
        "eyebrow": asked.rules.label,
        "consequence": asked.sentence,
        "action": _("Waive this rule"),
        "back_href": reverse("ledger:standing", args=[ref]),
        "form": form,
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


@page("staff")
@require_POST
def end(request: SignedInRequest, ref: str) -> HttpResponse:
    """Take a waiver back."""
    cohorts = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    waivers = Waiver.objects.visible_to(request.person).filter(cohort__in=cohorts.values("pk"))
    found = get_object_or_404(waivers.select_related("cohort__version"), ref=ref)
    try:
        end_waiver(found, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. The rule binds again."))
    return redirect("ledger:standing", ref=found.cohort.ref)


@page("staff")
@require_GET
def try_rules(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show a program's rules and how they come out for people who do not exist."""
    staffed = Program.objects.visible_to(request.person).staffed_by(request.person)
    program = get_object_or_404(staffed.select_related("scope"), ref=ref)
    version = _version(request, program)
    rules = rules_of(version)
    asked = {path: (fact_words(path, version), of[0]) for path, of in constants(rules).items()}
    form = TryForm(request.GET or None, asked=asked)
    people = trying.samples(rules, version)
    if form.is_bound and form.is_valid():
        people = [trying.somebody(_("Your sample"), form.values, version), *people]
    context = {
        "program": program,
        "version": version,
        "form": form,
        "asked": asked,
        "samples": people,
        "tried": trying.tried(rules, people, version),
        "words": words_of(version),
    }
    return render(request, "ledger/try.html", context, status=422 if form.errors else 200)


def _version(request: SignedInRequest, program: Program) -> BlueprintVersion:
    """Return the draft, for whoever edits it, else the newest published version."""
    draft = draft_of(program) if can_import(request.person, program.scope) else None
    if draft is not None and draft.looked.whole is not None:
        return draft.version
    published = program.versions.filter(state=VersionState.PUBLISHED).order_by("-number").first()
    if published is None:
        raise Http404
    return published


def _cohort(request: SignedInRequest, ref: str) -> Cohort:
    cohorts = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    return get_object_or_404(cohorts.select_related("program", "version"), ref=ref)
