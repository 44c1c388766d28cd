"""A person's addresses: what she signs in with, where her letters go, which record is hers too."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError, WrongState
from throughline.core.pages import page
from throughline.people.actions.keep_addresses import (
    choose_address,
    confirm_record,
    keep_address,
    remove_address,
)
from throughline.people.addresses import addresses_of, records_waiting
from throughline.people.http import SignedInRequest
from throughline.people.web.address_codes import code_waiting, send_code
from throughline.people.web.address_forms import AddressCodeForm, AddressForm


@page("signed-in")
@require_http_methods(["GET", "POST"])
def addresses(request: SignedInRequest) -> HttpResponse:
    """Show her addresses; send a code to a further one, choose where letters go, remove one."""
    listed = addresses_of(request.person)
    doing = request.POST.get("do", "add")
    is_adding = request.method == "POST" and doing == "add"
    confirmed = {one.value for one in listed if one.is_confirmed}
    form = AddressForm(request.POST if is_adding else None, confirmed=confirmed)
    refusal = ""
    if is_adding and form.is_valid():
        try:
            send_code(request, form.cleaned_data["email"])
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("people:confirm_address")
    if request.method == "POST" and not is_adding:
        try:
            messages.success(request, _do(request, doing))
        except DomainError as error:
            refusal = str(error)
        else:
            return redirect("people:addresses")
    context = {
        "form": form,
        "addresses": listed,
        "refusal": refusal,
        "records": records_waiting(request.person),
    }
    status = 422 if form.errors or refusal else 200
    return render(request, "people/addresses.html", context, status=status)


def _do(request: SignedInRequest, doing: str) -> str:
    person, now = request.person, clock.now()
    value = request.POST.get("address", "")
    if doing == "choose":
        choose_address(person, value, by=person, now=now)
        return _("Your letters go to %(address)s.") % {"address": value}
    if doing == "remove":
        remove_address(person, value, by=person, now=now)
        return _("%(address)s is removed.") % {"address": value}
    asked = request.POST.get("record", "")
    found = next((one for one in person.merges if one.ref == asked), None)
    if found is None:
        raise WrongState(_("These records have been parted."))
    confirm_record(found, by=person, now=now)
    return _("Both records are yours, with everything private in them.")


@page("signed-in")
@require_http_methods(["GET", "POST"])
def confirm_address(request: SignedInRequest) -> HttpResponse:
    """Take the code that was sent to a further address."""
    process = code_waiting(request)
    if process is None:
        return redirect("people:addresses")
    form = AddressCodeForm(request.POST or None, code=process.code)
    if request.method == "POST" and form.is_valid():
        try:
            merge = keep_address(request.person, process.email, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error("code", str(error))
        else:
            process.abort()
            messages.success(request, _said(process.email, is_joined=merge is not None))
            return redirect("people:addresses")
    elif request.method == "POST" and not process.record_invalid_attempt():
        messages.error(
            request, _("That was wrong too often. Add the address again for a new code.")
        )
        return redirect("people:addresses")
    context = {"form": form, "email": process.email}
    status = 422 if form.errors else 200
    return render(request, "people/address_code.html", context, status=status)


def _said(email: str, *, is_joined: bool) -> str:
    if is_joined:
        return _("%(address)s is confirmed, and both records are yours.") % {"address": email}
    return _("%(address)s is confirmed. You can sign in with it.") % {"address": email}
