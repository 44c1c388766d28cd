"""The page of one entitlement: to holders and coaches what is left, to staff also what to decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.ledger.actions.answer_add_on import answer_add_on
from throughline.ledger.actions.ask_for_more import ask_for_more
from throughline.ledger.actions.grant_add_on import grant_add_on
from throughline.ledger.actions.note_alerts import note_alerts
from throughline.ledger.models import AddOn, Entitlement
from throughline.ledger.queries import held_page
from throughline.ledger.rules import can_ask_for_more, can_correct
from throughline.ledger.web.forms import AnswerForm, MoreForm
from throughline.people.http import SignedInRequest
from throughline.programs.words import words_of


@page("signed-in")
@require_http_methods(["GET", "POST"])
def held(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show one entitlement; staff grant more of it, whoever it is for asks for more."""
    found = _entitlement(request, ref)
    is_staff = bool(can_correct(request.person, found))
    form = MoreForm(request.POST or None, unit=found.promise.unit, for_staff=is_staff)
    if request.method == "POST" and form.is_valid():
        try:
            _more(request, found, form, is_staff=is_staff)
        except DomainError as error:
            name = "amount" if error.field == "quantity" else error.field
            form.add_error(name if name in form.fields else None, str(error))
        else:
            return redirect("ledger:held", ref=ref)
    return _page(request, found, form=form)


def _more(request: SignedInRequest, found: Entitlement, form: MoreForm, *, is_staff: bool) -> None:
    given, now = form.cleaned_data, clock.now()
    if is_staff:
        grant_add_on(
            found, quantity=form.quantity, reason=given["reason"], clause=given["clause"],
            by=request.person, now=now, once=request.POST.get("once"),
        )  # fmt: skip
        messages.success(request, _("Granted. It counts from now on."))
        return
    ask_for_more(found, quantity=form.quantity, reason=given["reason"], by=request.person, now=now)
    messages.success(request, _("The host's staff are asked. Their answer stands here."))


@page("signed-in")
@require_POST
def answer(request: SignedInRequest, ref: str) -> HttpResponse:
    """Grant or decline what somebody asked for."""
    asked = get_object_or_404(
        AddOn.objects.visible_to(request.person)
        .staffed_by(request.person)
        .select_related("entitlement__promise__cohort__version", "entitlement__engagement"),
        ref=ref,
    )
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            answer_add_on(
                asked, grant=given["decision"] == "grant", clause=given["clause"],
                answer=given["answer"], by=request.person, now=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Answered. Whoever asked finds it here."))
            return redirect("ledger:held", ref=asked.entitlement.ref)
    return _page(request, _entitlement(request, asked.entitlement.ref), answer_form=form)


@page("signed-in")
@require_POST
def noted(request: SignedInRequest, ref: str) -> HttpResponse:
    """Take an alert off the list of staff."""
    staffed = Entitlement.objects.visible_to(request.person).staffed_by(request.person)
    found = get_object_or_404(staffed.select_related("promise__cohort", "engagement"), ref=ref)
    try:
        note_alerts(found, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted. It no longer stands on your list."))
    return redirect("ledger:held", ref=ref)


def _entitlement(request: SignedInRequest, ref: str) -> Entitlement:
    seen = Entitlement.objects.visible_to(request.person)
    return get_object_or_404(
        seen.select_related(
            "promise__cohort__version", "promise__cohort__program", "engagement__district",
            "holder_person", "holder_scope",
        ),
        ref=ref,
    )  # fmt: skip


def _page(
    request: SignedInRequest,
    found: Entitlement,
    *,
    form: MoreForm | None = None,
    answer_form: AnswerForm | None = None,
) -> HttpResponse:
    person, cohort = request.person, found.promise.cohort
    is_staff = bool(can_correct(person, found))
    form = form or MoreForm(unit=found.promise.unit, for_staff=is_staff)
    shown = held_page(person, found)
    context = {
        "held": shown,
        "cohort": cohort,
        "is_staff": is_staff,
        "may_ask": not found.promise.is_on_request
        and shown.asked is None
        and bool(can_ask_for_more(person, found)),
        "form": form,
        "answer_form": answer_form or AnswerForm(),
        "words": words_of(cohort.version),
    }
    wrong = form.errors or (answer_form is not None and answer_form.errors)
    return render(request, "ledger/held.html", context, status=422 if wrong else 200)
