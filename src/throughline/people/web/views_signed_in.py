"""A person's own page: who she is here, and who may act for her."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from throughline.core import clock
from throughline.core.errors import DomainError, NotAllowed
from throughline.core.pages import page
from throughline.people.actions.add_person import add_person
from throughline.people.actions.choose_zone import choose_zone
from throughline.people.actions.delegate import delegate, end_delegation
from throughline.people.http import SignedInRequest
from throughline.people.models import AccountPerson, Delegation, PersonAlias
from throughline.people.queries import delegable_scopes, things_about
from throughline.people.role_words import role_word
from throughline.people.web.forms import AssistantForm, ZoneForm
from throughline.people.zones import place_of


@page("signed-in")
@require_http_methods(["GET", "POST"])
def you(request: SignedInRequest) -> HttpResponse:
    """Show her roles, her assistants, and what was done to her record; name an assistant."""
    person = request.person
    form = AssistantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _name_assistant(request, form)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(
                request, _("Your assistant can sign in with a code sent to that address.")
            )
            return redirect("people:you")
    context = {
        "form": form,
        "roles": [
            (role_word(one.role, person.network), one)
            for one in person.roles.live().select_related("scope").order_by("pk")
        ],
        "given": Delegation.objects.visible_to(person)
        .live()
        .filter(principal__in=person.ids)
        .select_related("delegate", "scope"),
        "held": person.live_delegations,
        "can_delegate": delegable_scopes(person).exists(),
        "zone": place_of(person.time_zone),
        "trail": things_about(person),
        "networks": AccountPerson.objects.filter(account=request.user.pk)
        .select_related("network")
        .order_by("pk"),
    }
    return render(request, "people/you.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _name_assistant(request: SignedInRequest, form: AssistantForm) -> None:
    person, now = request.person, clock.now()
    scopes = list(delegable_scopes(person))
    if not scopes:
        raise NotAllowed(
            _("You have no district or team here in which somebody could act for you.")
        )
    email = form.cleaned_data["email"].strip().lower()
    alias = PersonAlias.objects.filter(
        network_id=person.network_id, kind="email", value=email, verified_at__isnull=False
    ).first()
    assistant = (
        alias.person
        if alias
        else add_person(
            person.network,
            full_name=form.cleaned_data["full_name"],
            email=email,
            by=person,
            now=now,
        )
    )
    for scope in scopes:
        delegate(person, assistant, scope, form.cleaned_data["may"], by=person, now=now)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def zone(request: SignedInRequest) -> HttpResponse:
    """Choose the time zone in which times are shown."""
    person = request.person
    form = ZoneForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        choose_zone(person, form.cleaned_data["zone"], by=person, now=clock.now())
        messages.success(request, _("Times are shown on your clock."))
        return redirect("people:you")
    return render(request, "people/zone.html", {"form": form}, status=422 if form.errors else 200)


@page("signed-in")
@require_POST
def end_assistant(request: SignedInRequest, ref: str) -> HttpResponse:
    """Take everything back from an assistant."""
    grant = get_object_or_404(Delegation.objects.visible_to(request.person), ref=ref)
    end_delegation(grant, by=request.person, now=clock.now())
    messages.success(request, _("%(name)s can no longer act for you.") % {"name": grant.delegate})
    return redirect("people:you")


@page("signed-in")
@require_POST
def switch_network(request: SignedInRequest) -> HttpResponse:
    """Go on as the person that this account is in another network."""
    chosen = get_object_or_404(
        AccountPerson.objects.filter(account=request.user.pk),
        network__key=request.POST.get("network"),
    )
    request.session["network"] = chosen.network_id
    return redirect("/")
