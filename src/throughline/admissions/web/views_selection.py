"""The page of the proposed list: what it is worth, who is in the room, and what if."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.admissions.actions.propose_selection import change_selection, seats_of
from throughline.admissions.actions.stage_decision import signatures_wanted
from throughline.admissions.comparing import what_if
from throughline.admissions.enums import RunState
from throughline.admissions.models import SelectionRun
from throughline.admissions.queries import tallies
from throughline.admissions.room import room_of
from throughline.admissions.rules import can_choose, can_sign_list
from throughline.admissions.selection import Placed, Selection, selection
from throughline.admissions.web.forms import SwapForm, sent
from throughline.admissions.web.views_committee import call_of, run_of
from throughline.admissions.web.views_staff import call_context
from throughline.admissions.weighing import aims, all_rules, broken, certificate, rule_lines
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.people.models import Person
from throughline.ui.charts import dot_line


@page("signed-in")
@require_http_methods(["GET", "POST"])
def selection_(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show the list and what it is worth; let two change places, with a reason."""
    call = call_of(request, ref)
    run = run_of(request, call)
    shown = selection(request.person, run) if run else Selection()
    form = _swap_form(request, run, shown)
    if request.method == "POST" and run is not None and form.is_valid():
        try:
            change_selection(run, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The list is changed, with your reason."))
            return redirect("admissions:selection", ref=ref)
    context = call_context(call, "selection") | {
        "run": run,
        "is_proposed": run is not None and run.state == RunState.PROPOSED,
        "selection": shown,
        "lines": _lines(shown),
        "seats": seats_of(call),
        "read": sum(one.count for one in tallies(request.person, call) if one.key == "in_review"),
        "form": form,
        "may_choose": can_choose(request.person, call),
        "may_sign": can_sign_list(request.person, call),
        "changes": _changes(request.person, run, shown),
        "signatures": signatures_wanted(call),
        **_worth(request, shown),
    }
    return render(request, "admissions/selection.html", context, status=422 if form.errors else 200)


def _worth(request: SignedInRequest, shown: Selection) -> dict[str, Any]:
    """Return proof, rules, room and, once two are named, what changes with them."""
    named = request.POST if request.method == "POST" else request.GET
    return {
        "certificate": certificate(shown),
        "broken": broken(shown) if shown.is_whole else [],
        "rules": rule_lines(shown),
        "all_rules": all_rules(shown),
        "aims": aims(shown),
        "room": room_of(shown),
        "what_if": what_if(shown, named.get("out", ""), named.get("into", "")),
    }


def _swap_form(request: SignedInRequest, run: SelectionRun | None, shown: Selection) -> SwapForm:
    """Return the form with the two that were named, or those nearest to the last seat."""
    others = [*shown.waitlist, *shown.others]
    last = shown.seats[-1].application.ref if shown.seats else ""
    first = others[0].application.ref if others else ""
    return SwapForm(
        sent(request),
        seats=[_choice(one) for one in shown.seats],
        others=[_choice(one) for one in others],
        initial={
            "out": request.GET.get("out", last),
            "into": request.GET.get("into", first),
            "revision": run.revision if run else 0,
        },
    )


def _choice(one: Placed) -> tuple[str, str]:
    return one.application.ref, f"{one.application.engagement}, {one.facts.state}"


def _lines(shown: Selection) -> list[tuple[str, list[tuple[Placed, str]]]]:
    """Return the groups of the table, each row with its drawing."""
    low, high = shown.scale
    groups = [
        ("", shown.seats),
        (_("Next in line"), shown.waitlist),
        (_("Without a place"), shown.others),
    ]
    return [
        (title, [(one, dot_line(one.each, one.mean, low=low, high=high)) for one in rows])
        for title, rows in groups
        if rows
    ]


def _changes(person: Person, run: SelectionRun | None, shown: Selection) -> list[dict[str, Any]]:
    """Return what people changed by hand; changes that name a closed application are left out."""
    names = {one.application.ref: str(one.application.engagement) for one in shown.rows}
    said = run.plan["changes"] if run else []
    who = {
        one.ref: str(one)
        for one in Person.objects.visible_to(person).filter(ref__in=[one["by"] for one in said])
    }
    return [
        {
            "out": names[one["out"]],
            "into": names[one["into"]],
            "reason": one["reason"],
            "who": who.get(one["by"], ""),
        }
        for one in said
        if one["out"] in names and one["into"] in names
    ]
