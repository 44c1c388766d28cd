"""Pages on which staff look for two records of one human, bring them together, and part them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.actions.merge_persons import merge_persons, part_persons
from throughline.people.comparing import side_by_side
from throughline.people.duplicates import decided_lately, records_for, suspicions
from throughline.people.holdings import holdings
from throughline.people.http import SignedInRequest
from throughline.people.merge_rules import can_look_for_duplicates, can_merge, signs_in
from throughline.people.models import Person
from throughline.people.web.merge_forms import FindForm, MergeForm, ReasonForm

PER_PAGE = 25


@page("staff")
@require_http_methods(["GET", "POST"])
def duplicates(request: SignedInRequest) -> HttpResponse:
    """Show which records may be of one human, and which were brought together lately."""
    _look(request)
    form = FindForm(request.POST if request.method == "POST" else None, by=request.person)
    if request.method == "POST" and form.is_valid():
        one, other = form.cleaned_data["one"], form.cleaned_data["other"]
        return redirect("people:compare", one.ref, other.ref)
    found = Paginator(suspicions(request.person), PER_PAGE)
    context = {
        "form": form,
        "page": found.get_page(request.GET.get("page")),
        "decided": decided_lately(request.person, clock.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "people/duplicates.html", context, status=status)


@page("staff")
@require_http_methods(["GET", "POST"])
def compare(request: SignedInRequest, ref: str, other: str) -> HttpResponse:
    """Show two records side by side with what each holds; bring them together."""
    _look(request)
    records = _record(request, ref), _record(request, other)
    if records[0] == records[1]:
        raise Http404
    signing = [one for one in records if signs_in(one)]
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        records=records, keep=signing[0] if len(signing) == 1 else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        kept, absorbed = sorted(records, key=lambda one: one.ref != form.cleaned_data["keep"])
        try:
            merge_persons(
                kept, absorbed, reason=form.cleaned_data["reason"],
                by=request.person, now=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The two records are one. You can undo this for 30 days."))
            return redirect("people:duplicates")
    held = holdings(*records)
    context = {
        "form": form,
        "records": records,
        "lines": side_by_side(*records),
        "held": held,
        "both": [one for one in held if one.of_both],
        "two_accounts": len(signing) == len(records),
        "may": can_merge(request.person, *records),
    }
    status = 422 if form.errors else 200
    return render(request, "people/compare.html", context, status=status)


@page("staff")
@require_http_methods(["GET", "POST"])
def part(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask why, then let two records be two again."""
    _look(request)
    merge = get_object_or_404(decided_lately(request.person, clock.now()), ref=ref)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            part_persons(merge, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The two records are two again, as they were."))
            return redirect("people:duplicates")
    context = {
        "title": _("Part these two records?"),
        "eyebrow": f"{merge.kept} · {merge.absorbed}",
        "consequence": _(
            "Each record has again what it had. What was written since stays with the record under which it was written."
        ),
        "action": _("Part them"),
        "back_href": reverse("people:duplicates"),
        "form": form,
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _look(request: SignedInRequest) -> None:
    if not can_look_for_duplicates(request.person):
        raise Http404


def _record(request: SignedInRequest, ref: str) -> Person:
    found = records_for(request.person).filter(same_as=None).select_related("network")
    return get_object_or_404(found, ref=ref)
