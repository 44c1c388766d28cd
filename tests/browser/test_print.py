"""On paper: what is read stays, what is clicked goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import scrolls_sideways
from tests.factories.admissions import CLOSED, LATER, make_draft, make_season
from tests.factories.people import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def on_paper(page: Page, address: str, title: str) -> None:
    """Open a page and print it; fail if menus and buttons are on the paper, or the title is not."""
    page.goto(address)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.locator("h1")).to_be_visible()
    for role in ("navigation", "button", "banner", "contentinfo"):
        shown = [one for one in page.get_by_role(role).all() if one.is_visible()]
        assert shown == [], role
    assert not scrolls_sideways(page)


def test_an_applicant_prints_what_she_wrote(live_server, window, enter, server_time):
    draft = make_draft()
    server_time(NOW)
    page = window(800)
    enter(page, draft.lead)
    place = f"{live_server.url}/admissions/applications/{draft.ref}"

    on_paper(page, f"{place}/check/", "Check your answers")
    expect(page.get_by_text("Describe educational equity").first).to_be_visible()


def test_the_committee_takes_its_list_into_the_room(live_server, window, enter, server_time):
    season = make_season(2, stage="released")
    server_time(LATER)
    page = window(800)
    enter(page, season.director)
    place = f"{live_server.url}/admissions/calls/{season.call.ref}"

    on_paper(page, f"{place}/decisions/", "decisions, sent")
    for one in season.applications:
        expect(page.get_by_text(str(one.engagement)).first).to_be_visible()


def test_what_is_folded_on_the_screen_is_open_on_paper(live_server, window, enter, server_time):
    season = make_season(2, stage="released")
    server_time(CLOSED)
    page = window(800)
    enter(page, season.director)
    page.goto(f"{live_server.url}/admissions/calls/{season.call.ref}/decisions/")
    folded = page.locator("main details table, main details li").first

    expect(folded).not_to_be_visible()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
