"""Pages of people that need nobody signed in."""

from __future__ import annotations

from ipaddress import ip_address

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.actions.add_person import add_person
from throughline.people.actions.one_time_links import DEMO, START, find_link, use_link
from throughline.people.actions.open_installation import open_installation
from throughline.people.domains import network_at
from throughline.people.models import AccountPerson, Person
from throughline.people.web.forms import StartForm, WelcomeForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@page("public")
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the server can serve: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(
            "The database does not answer.\n", status=503, content_type="text/plain"
        )
    return HttpResponse("ok\n", content_type="text/plain")


@page("public")
@require_GET
def use_demo_link(request: HttpRequest, code: str) -> HttpResponse:
    """Sign in as one role of a demo: on loopback, in a data folder marked demo, once."""
    if not settings.DEMO or not _is_loopback(request):
        raise Http404
    link = find_link(DEMO, code, now=clock.now())
    if link is None or link.person is None:
        return render(request, "people/link_used.html", status=410)
    try:
        use_link(link, now=clock.now())
    except DomainError:
        return render(request, "people/link_used.html", status=410)
    _sign_in(request, link.person)
    return redirect("/")


@page("public")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The first host of a network names it and herself.

    An address that already opens another network is asked for a code: a link proves no mailbox.
    """
    link = find_link(START, code, now=clock.now())
    if link is None:
        return render(request, "people/link_used.html", status=410)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = open_installation(
                link, **form.cleaned_data, host=request.get_host(), now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            if person.account_link.account.persons.count() > 1:
                return redirect("account_request_login_code")
            _sign_in(request, person)
            return redirect("/")
    return render(request, "people/start.html", {"form": form}, status=422 if form.errors else 200)


@page("public")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """After signing in: go on, or say what to call you the first time."""
    target = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if getattr(request, "person", None) is not None:
        return redirect(target)
    if not request.user.is_authenticated:
        return redirect("account_login")
    network = network_at(request.get_host())
    if network is None:
        raise Http404
    form = WelcomeForm(request.POST or None, initial={"next": target})
    if request.method == "POST" and form.is_valid():
        try:
            add_person(
                network, full_name=form.cleaned_data["full_name"], email=request.user.email,
                by=None, now=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(target)
    context = {"form": form, "network": network}
    return render(request, "people/welcome.html", context, status=422 if form.errors else 200)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, to a stranger and to who may not see it alike."""
    context = {
        "headline": _("There is nothing here"),
        "sentence": _("The address may be mistyped, or the page belongs to somebody else. Go to your home page and look from there."),
    }  # fmt: skip
    return render(request, "ui/error.html", context, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, without a database or a person."""
    return HttpResponseServerError(
        "<!doctype html><html lang=en><title>Something went wrong</title>"
        "<h1>Something went wrong on our side</h1><p>Nothing you entered before was lost. "
        "Go back, wait a minute and send it again.</p></html>"
    )


def _sign_in(request: HttpRequest, person: Person) -> None:
    account = AccountPerson.objects.select_related("account").get(person=person).account
    login(request, account, backend=BACKEND)
    record_authentication(request, account, method="link")  # adding a second factor asks for it
    request.session["network"] = person.network_id


def _is_loopback(request: HttpRequest) -> bool:
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _safe(request: HttpRequest, target: str) -> str:
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return "/"
