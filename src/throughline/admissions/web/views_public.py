"""The eligibility check: for everybody, without an account, and nothing is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from throughline.admissions.dossier import dates_of
from throughline.admissions.eligibility import (
    RuleAnswer,
    judge_rules,
    place_facts,
    title_facts,
    title_named,
    titles_of,
    worst,
)
from throughline.admissions.enums import RuleOutcome
from throughline.admissions.models import Call
from throughline.admissions.rules import can_start
from throughline.admissions.web.forms import CheckForm
from throughline.core import clock
from throughline.core.pages import page
from throughline.forms.districts import district_of, label_of
from throughline.forms.enums import FieldKind
from throughline.forms.queries import Question, questions
from throughline.people.models import Place
from throughline.programs import hooks
from throughline.programs.words import Words, words_of

MARKS = {
    RuleOutcome.ELIGIBLE: ("ok", "check"),
    RuleOutcome.PERSON: ("ask", "ask"),
    RuleOutcome.NOT_ELIGIBLE: ("ask", "ask"),
}


@page("public")
@require_GET
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask a few questions, and answer rule by rule in the words of the blueprint."""
    person = getattr(request, "person", None)
    calls = Call.objects.visible_to(person).select_related(
        "cohort__program__network", "cohort__version", "form_version__form"
    )
    call = get_object_or_404(calls, ref=ref)
    version, words = call.cohort.version, words_of(call.cohort.version)
    asked = questions(call.form_version)
    dates = [days for of in _series(asked) for _key, days in dates_of(call.cohort, of)]
    is_changing = "change" in request.GET
    form = CheckForm(
        None if is_changing else request.GET or None,
        initial=request.GET.dict(),
        dates=dates,
        commitment=words.fill(_statement(asked)),
    )
    context: dict[str, Any] = {
        "call": call,
        "site_name": str(call.cohort.program.network),
        "form": form,
        "titles": titles_of(version),
        "program_href": hooks.PUBLIC_PAGE(call.cohort.program) if hooks.PUBLIC_PAGE else "/",
        "words": words,
        "may_start": can_start(person, call, clock.now()),
    }
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "admissions/check.html", context, status=status)
    is_listed = not form.cleaned_data["elsewhere"]
    place = district_of(form.cleaned_data["district"]) if is_listed else None
    title = title_named(version, form.cleaned_data["title"])
    context |= _result(call, asked, form.cleaned_data, place, title, words)
    return render(request, "admissions/eligibility.html", context)


def _result(
    call: Call,
    asked: list[Question],
    said: dict[str, Any],
    place: Place | None,
    title: str,
    words: Words,
) -> dict[str, Any]:
    version = call.cohort.version
    facts = {
        **place_facts(version, place),
        **title_facts(version, title or "another-title"),
        **_attests(call, asked, said),
    }
    answers = judge_rules(version, facts)
    start = {"district": label_of(place) if place else said["district"], "title": title}
    if said["elsewhere"]:
        start["elsewhere"] = "1"
    return {
        "rules": [(answer, *MARKS[answer.outcome]) for answer in answers],
        "headline": headline(answers),
        "typed_title": said["title"],
        "typed_district": f"{place}, {place.where}" if place else said["district"],
        "start_href": f"{reverse('admissions:start', args=[call.ref])}?{urlencode(start)}",
    }


def headline(answers: list[RuleAnswer]) -> str:
    """Return the result in a sentence; never a dead end."""
    decides = sum(answer.outcome != RuleOutcome.ELIGIBLE for answer in answers)
    if worst(answers) == RuleOutcome.NOT_ELIGIBLE:
        return _("One rule says no. You can still ask a person.")
    if not decides:
        return _("You can apply.")
    return ngettext(
        "You can apply. One point is for a person to decide.",
        "You can apply. %(count)d points are for a person to decide.",
        decides,
    ) % {"count": decides}


def _attests(call: Call, asked: list[Question], said: dict[str, Any]) -> dict[str, bool]:
    kinds = {FieldKind.ATTEST: "commitment", FieldKind.CONFIRM_DATES: "dates"}
    return {
        f"attests.{call.form_version.form.key}.{one.key}": said[kinds[kind]] == "yes"
        for one in asked
        if (kind := FieldKind(one.wording.kind)) in kinds and kinds[kind] in said
    }


def _series(asked: list[Question]) -> list[str]:
    return [
        one.wording.settings.get("of", "")
        for one in asked
        if one.wording.kind == FieldKind.CONFIRM_DATES
    ]


def _statement(asked: list[Question]) -> str:
    return " ".join(one.wording.ask for one in asked if one.wording.kind == FieldKind.ATTEST)
