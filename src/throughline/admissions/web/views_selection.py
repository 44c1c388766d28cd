"""The page of the proposed list: what it is worth, who is in the room, and what if."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from throughline.admissions.actions.propose_selection import change_selection, seats_of
from throughline.admissions.actions.stage_decision import signatures_wanted
from throughline.admissions.comparing import what_if
from throughline.admissions.enums import RunState
from throughline.admissions.models import Call, SelectionRun
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
from throughline.ui import spelling
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
    named = request.POST if request.method == "POST" else request.GET
    context = _context(request, call, run, shown) | {
        "form": form,
        "may_sign": can_sign_list(request.person, call),
        "print_href": run and reverse("admissions:selection_print", args=[ref]),
        "what_if": what_if(shown, named.get("out", ""), named.get("into", "")),
    }
    return render(request, "admissions/selection.html", context, status=422 if form.errors else 200)


@page("signed-in")
@require_GET
def selection_print(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show the list as the committee takes it on paper; straight back where there is none yet."""
    call = call_of(request, ref)
    if (run := run_of(request, call)) is None:
        return redirect("admissions:selection", ref=ref)
    context = _context(request, call, run, selection(request.person, run))
    return render(request, "admissions/selection_print.html", context | {"reader": request.person})


def _context(
    request: SignedInRequest, call: Call, run: SelectionRun | None, shown: Selection
) -> dict[str, Any]:
    """Return the list with its proof, rules and room, on the screen or on paper."""
    return call_context(call, "selection", request.person) | {
        "run": run,
        "is_proposed": run is not None and run.state == RunState.PROPOSED,
        "selection": shown,
        "lines": _lines(shown),
        "seats": seats_of(call),
        "read": sum(one.count for one in tallies(request.person, call) if one.key == "in_review"),
        "may_choose": can_choose(request.person, call),
        "changes": _changes(request.person, run, shown),
        "signatures": signatures_wanted(call),
        "certificate": certificate(shown),
        "broken": broken(shown) if shown.is_whole else [],
        "rules": rule_lines(shown),
        "all_rules": all_rules(shown),
        "aims": aims(shown),
        "room": room_of(shown),
        "by_adjusted": _by_adjusted(shown),
    }


def _by_adjusted(shown: Selection) -> dict[str, str] | None:
    """Name who would change, were the adjusted means ranked."""
    if (changes := shown.changes_by_adjusted) is None:
        return None
    out, into = ([str(one.application.engagement) for one in rows] for rows in changes)
    return {"out": spelling.listed(out, len(out)), "into": spelling.listed(into, len(into))}


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
    groups = [
        ("", shown.seats),
        (_("Next in line"), shown.waitlist),
        (_("Without a place"), shown.others),
    ]
    return [
        (title, [(one, _drawing(shown, one)) for one in rows]) for title, rows in groups if rows
    ]


def _drawing(shown: Selection, one: Placed) -> SafeString:
    low, high = shown.scale
    return dot_line(one.each, one.mean, low=low, high=high, is_apart=one.is_apart)


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
