"""Put the person of this network on every request, and ask staff for a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from throughline.people.domains import here
from throughline.people.enums import NEEDS_SECOND_FACTOR
from throughline.people.models import AccountPerson, Person

SECOND_FACTOR_SEEN = "second_factor_seen"
OPEN_WITHOUT = ("/account/", "/static/", "/healthz", "/demo/")


class PersonMiddleware:
    """Sets ``request.person``: a person of one network, or None. Never the bare account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        request.person = person  # type: ignore[attr-defined]
        if person is not None:
            timezone.activate(person.time_zone)
            if person.locale:
                translation.activate(person.locale)
            if self._must_add_second_factor(request, person):
                return redirect("mfa_activate_totp")
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    @staticmethod
    def _must_add_second_factor(request: HttpRequest, person: Person) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or request.session.get(SECOND_FACTOR_SEEN):
            return False
        if request.path.startswith(OPEN_WITHOUT):
            return False
        if not any(role in NEEDS_SECOND_FACTOR for role, _ in person.live_roles):
            return False
        if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
            request.session[SECOND_FACTOR_SEEN] = True
            return False
        return True


def person_of(request: HttpRequest) -> Person | None:
    """Return the person whom this session is, in one network.

    That of the domain asked for; where it is nobody's, the one that was chosen, else the first. An
    account whose record was absorbed opens that record alone: what the kept one may do belongs to
    the account that has its second factor.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not hasattr(request, "_cached_user"):
        return None
    if not request.user.is_authenticated:
        return None
    links = AccountPerson.objects.filter(
        here(request.get_host()), account_id=request.user.pk, person__emptied_at=None
    ).select_related("person__network")
    others = Person.objects.filter(same_as=OuterRef("person"))
    links = links.annotate(stands_for_others=Exists(others))
    if chosen := request.session.get("network"):
        links = links.filter(network_id=chosen)
    link = links.order_by("pk").first()
    if link is None:
        return None
    link.person.account_link = link
    if link.person.same_as_id is not None:
        link.person.ids = link.person.private_ids = frozenset({link.person.pk})
    elif not link.stands_for_others:
        link.person.merges = []
    return link.person
