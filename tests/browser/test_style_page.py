"""The living page in a browser: readable by everyone, in every width, color and direction."""

from __future__ import annotations

import pytest

from tests.browser.axe import scrolls_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LOOKS = [
    pytest.param(1280, {"color_scheme": "light"}, "", id="desk"),
    pytest.param(1280, {"color_scheme": "dark"}, "", id="desk, dark"),
    pytest.param(390, {"color_scheme": "light"}, "", id="phone"),
    pytest.param(390, {"color_scheme": "dark"}, "", id="phone, dark"),
    pytest.param(320, {"color_scheme": "light"}, "", id="zoomed to four times"),
    pytest.param(1280, {"color_scheme": "light"}, "?dir=rtl", id="right to left"),
    pytest.param(320, {"color_scheme": "light"}, "?dir=rtl", id="right to left, zoomed"),
]


@pytest.mark.parametrize(("width", "look", "query"), LOOKS)
def test_nothing_keeps_anyone_from_reading(live_server, window, width, look, query):
    page = window(width, **look)
    page.goto(f"{live_server.url}/style/{query}")

    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_in_high_contrast_what_color_drew_has_an_edge(live_server, window):
    page = window(forced_colors="active")
    page.goto(f"{live_server.url}/style/")

    bare = page.evaluate(
        """() => [...document.querySelectorAll('.tag, .btn, .card, .note, .opt')]
            .filter(one => one.offsetParent && parseFloat(getComputedStyle(one).borderTopWidth) < 1)
            .map(one => one.className)"""
    )
    assert bare == []


def test_the_first_stop_of_the_keyboard_skips_to_the_page(live_server, window):
    page = window()
    page.goto(f"{live_server.url}/style/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_errors_get_the_focus_and_lead_to_the_first_choice(live_server, window):
    page = window()
    page.goto(f"{live_server.url}/style/")
    page.get_by_role("button", name="Send and see the errors").click()

    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    page.get_by_role("link", name="Choose what fits.").click()
    assert page.evaluate("document.activeElement.id") == "id_tie_0"
    assert violations(page) == []


def test_the_form_works_without_scripts(live_server, window):
    page = window(scripts=False)
    page.goto(f"{live_server.url}/style/")
    page.get_by_label("Which students").fill("Students of two schools")
    page.get_by_role("button", name="Send and see the errors").click()

    assert page.get_by_label("Which students").input_value() == "Students of two schools"
    assert page.get_by_role("alert").is_visible()


def test_colors_are_chosen_without_scripts(live_server, window):
    page = window(scripts=False)
    page.goto(f"{live_server.url}/style/")
    page.get_by_role("button", name="Dark").click()

    assert page.url == f"{live_server.url}/style/"
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_on_a_phone_the_menu_opens_without_scripts(live_server, window):
    page = window(390, scripts=False)
    page.goto(f"{live_server.url}/style/")

    sign_in = page.locator(".menu.phone").get_by_role("link", name="Sign in")
    assert not sign_in.is_visible()
    page.locator(".menu.phone summary").click()
    assert sign_in.is_visible()


def test_words_are_counted_while_they_are_written(live_server, window):
    page = window()
    page.goto(f"{live_server.url}/style/")
    page.get_by_label("What do you see").fill("three small words")

    assert page.get_by_text("3 / 400 words so far").is_visible()


def test_every_control_is_large_enough_for_a_thumb(live_server, window):
    page = window(390)
    page.goto(f"{live_server.url}/style/")

    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'button, .btn, .opt, .anchor, .keys label, .readers label, select, .field input, .filters a')]
            .filter(one => one.offsetParent && !['radio', 'checkbox'].includes(one.type)
                           && one.getBoundingClientRect().height < 43.9)
            .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert small == []
