"""Follow links as somebody who is signed in, until one page of every kind has been open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from throughline.commands.routes import Route, routes
from throughline.people.models import Person

LEFT_OUT = {"account_logout", "people:demo_link", "people:start", "ui:style", "healthz"}
FILES = re.compile(r"\.csv|\.ics|/spreadsheet/|/pdf/|/report/\w+/|/you/data/file/|/file/\d+/")
MOST = 90


def kind_of(path: str) -> str:
    """Return the name of the address that answers this path, or nothing."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def without_arguments(person: Person | None) -> list[str]:
    """Return the pages that a menu could name."""

    def is_open(route: Route) -> bool:
        if route.arguments or "GET" not in route.methods:
            return False
        if route.audience == "staff":
            return person is not None and person.is_staff
        return route.audience == "public" or person is not None

    return [route.path for route in routes() if is_open(route)]


def one_of_each_kind(
    page: Page, url: str, person: Person | None, client: Client
) -> Iterator[tuple[str, str]]:
    """Open one page of each kind that can be reached; yield its kind and path."""
    waiting, seen = ["/"], set(LEFT_OUT)
    waiting += [one for one in without_arguments(person) if client.get(one).status_code < 400]
    while waiting and len(seen) < MOST + len(LEFT_OUT):
        path = waiting.pop(0)
        kind = kind_of(path)
        if not kind or kind in seen or FILES.search(path):
            continue
        seen.add(kind)
        answer = page.goto(f"{url}{path}")
        assert answer is not None and answer.ok, path
        yield kind, path
        for target in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            address = urldefrag(target).url
            if address.startswith(f"{url}/"):
                waiting.append(address.removeprefix(url))
