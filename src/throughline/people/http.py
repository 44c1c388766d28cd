"""Requests with a person in them."""

from __future__ import annotations

from django.http import HttpRequest

from throughline.people.models import Person


class SignedInRequest(HttpRequest):
    """A request that ``@page("signed-in")`` or ``@page("staff")`` let through."""

    person: Person
