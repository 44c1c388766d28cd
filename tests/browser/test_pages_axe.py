"""One page of each kind, as each role: readable by everyone, in every width, color and direction.

A network is played once; from her first page each role follows links until she has seen one page
of every kind. What a page looks like in the dark, on a phone and from right to left is asked once
for each kind. Every page is tried at 320 pixels, and asked again where it shows somebody an element
that nobody before was shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.axe import scrolls_sideways, violations
from tests.factories.people import NOW
from tests.factories.programs import blueprint_text
from throughline.commands.routes import Route, routes
from throughline.people.models import Person
from throughline.rehearsal.play import play
from throughline.rehearsal.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LEFT_OUT = {"account_logout", "people:demo_link", "people:start", "ui:style", "healthz"}
FILES = (".csv", ".ics", "/spreadsheet/")
MOST = 40


def small_network() -> Stage:
    with transaction.atomic():
        text = blueprint_text().replace("max = 12\ntarget = 12", "max = 5\ntarget = 5")
        return play(text, today=NOW.date(), seed=7, progress=lambda _line: None, districts=8)


def kind_of(path: str) -> str:
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
        if not kind or kind in seen or path.endswith(FILES):
            continue
        seen.add(kind)
        answer = page.goto(f"{url}{path}")
        assert answer is not None and answer.ok, path
        yield kind, path
        for target in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            address = urldefrag(target).url
            if address.startswith(f"{url}/"):
                waiting.append(address.removeprefix(url))


def elements(page: Page) -> set[str]:
    """Return what the open page is made of: tags with their classes."""
    return set(
        page.evaluate(
            "[...document.querySelectorAll('body *')].map(one => `${one.tagName}.${one.className}`)"
        )
    )


def looks(page: Page, *, is_new: bool, in_full: bool) -> list[str]:
    """Return what keeps somebody from reading the open page, in the looks that are asked."""
    wrong = [f"light: {one}" for one in violations(page)] if is_new else []
    page.set_viewport_size({"width": 320, "height": 900})
    if scrolls_sideways(page):
        wrong.append("320: scrolls sideways")
    if in_full:
        page.set_viewport_size({"width": 390, "height": 900})
        wrong += [f"phone: {one}" for one in violations(page)]
        page.emulate_media(color_scheme="dark")
        wrong += [f"dark: {one}" for one in violations(page, only="color-contrast")]
        page.emulate_media(color_scheme="light")
        page.evaluate("document.documentElement.dir = 'rtl'")
        wrong += [f"right to left: {one}" for one in violations(page)]
        page.set_viewport_size({"width": 320, "height": 900})
        if scrolls_sideways(page):
            wrong.append("320, right to left: scrolls sideways")
    page.set_viewport_size({"width": 1280, "height": 900})
    return wrong


def test_every_kind_of_page_can_be_read_by_everyone(live_server, window, enter, server_time):
    stage = small_network()
    server_time(NOW)
    people: dict[str, Person | None] = {"nobody": None, **stage.people}
    wrong: dict[str, list[str]] = {}
    asked: dict[str, set[str]] = {}
    for role, person in people.items():
        page = window(color_scheme="light")
        client = enter(page, person) if person is not None else Client()
        for kind, path in one_of_each_kind(page, live_server.url, person, client):
            shown, known = elements(page), asked.get(kind, set())
            if found := looks(page, is_new=not shown <= known, in_full=kind not in asked):
                wrong[f"{role} {path}"] = found
            asked[kind] = known | shown

    assert wrong == {}
    assert len(asked) >= 45, sorted(asked)
