"""One page of each kind, as each role: readable by everyone, in every width, color and direction.

A network is played once; from her first page each role follows links until she has seen one page
of every kind. Every page is tried at 320 pixels, from left to right and from right to left. Where
it shows somebody an element that nobody before was shown, axe is asked; the other looks, and the
page without scripts, are asked once for each kind.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from tests.browser.axe import COLORS, LAYOUT, dead_controls, scrolls_sideways, violations
from tests.browser.crawl import one_of_each_kind
from tests.factories.people import NOW, make_neighbor
from tests.factories.programs import blueprint_text
from throughline.people.models import Person
from throughline.rehearsal.play import play
from throughline.rehearsal.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


EDITOR = {
    f"programs:{name}"
    for name in (
        "arrive", "copy", "discard", "draft", "draft_calendar", "draft_file", "draft_section",
        "move", "upgrade",
    )
} | {"home:draft"}  # fmt: skip
"""Pages where a program is edited: nobody would notice if the walk lost its way to them."""


def small_network() -> Stage:
    with transaction.atomic():
        text = blueprint_text().replace("max = 12\ntarget = 12", "max = 5\ntarget = 5")
        stage = play(text, today=NOW.date(), seed=7, progress=lambda _line: None, districts=8)
        make_neighbor()
        return stage


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
    if in_full:
        page.set_viewport_size({"width": 390, "height": 900})
        wrong += [f"phone: {one}" for one in violations(page)]
        page.emulate_media(color_scheme="dark")
        wrong += [f"dark: {one}" for one in violations(page, only=COLORS)]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 900})
    if scrolls_sideways(page):
        wrong.append("320: scrolls sideways")
    page.evaluate("document.documentElement.dir = 'rtl'")
    if scrolls_sideways(page):
        wrong.append("320, right to left: scrolls sideways")
    page.set_viewport_size({"width": 1280, "height": 900})
    if in_full:
        wrong += [f"right to left: {one}" for one in violations(page, only=LAYOUT)]
    return wrong


def test_every_kind_of_page_can_be_read_by_everyone(live_server, window, enter, server_time):
    stage = small_network()
    server_time(NOW)
    people: dict[str, Person | None] = {"nobody": None, **stage.people}
    wrong: dict[str, list[str]] = {}
    asked: dict[str, set[str]] = {}
    for role, person in people.items():
        page, plain = window(color_scheme="light"), window(scripts=False)
        client = enter(page, person) if person is not None else Client()
        plain.context.add_cookies(page.context.cookies())
        for kind, path in one_of_each_kind(page, live_server.url, person, client):
            shown, known = elements(page), asked.get(kind, set())
            found = looks(page, is_new=not shown <= known, in_full=kind not in asked)
            if kind not in asked:
                plain.goto(f"{live_server.url}{path}")
                found += [f"without scripts: {one}" for one in dead_controls(plain)]
            if found:
                wrong[f"{role} {path}"] = found
            asked[kind] = known | shown

    assert wrong == {}
    assert len(asked) >= 70, sorted(asked)
    assert set(asked) >= EDITOR, sorted(EDITOR - set(asked))
