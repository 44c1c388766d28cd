"""The shell, the living page and the choice of colors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

import throughline.ui
from throughline.ui import navigation
from throughline.ui.navigation import NavItem

HERE = Path(throughline.ui.__file__).parent
pytestmark = pytest.mark.django_db


def test_the_living_page_is_open_to_everyone():
    response = Client().get(reverse("ui:style"))

    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


def test_the_living_page_shows_the_form_with_its_errors():
    response = Client().post(reverse("ui:style"), {"who": "Students of two schools"})

    assert response.status_code == 422
    assert b"<title>Error:" in response.content
    assert b"Students of two schools" in response.content


def test_the_living_page_can_be_read_from_right_to_left():
    assert b'dir="rtl"' in Client().get(reverse("ui:style"), {"dir": "rtl"}).content


def test_colors_are_kept_in_a_cookie_and_can_be_given_back_to_the_device():
    client = Client()

    response = client.post(reverse("ui:theme"), {"theme": "dark", "next": "/style/"})
    assert (response.status_code, response["Location"]) == (302, "/style/")
    assert b'data-theme="dark"' in client.get("/style/").content

    client.post(reverse("ui:theme"), {"theme": "", "next": "/style/"})
    assert b"data-theme" not in client.get("/style/").content


def test_a_theme_nobody_knows_is_not_written_into_a_page():
    client = Client()
    client.cookies["theme"] = '"><script>'

    assert b"data-theme" not in client.get("/style/").content


def test_choosing_colors_never_leads_to_another_site():
    response = Client().post(
        reverse("ui:theme"), {"theme": "dark", "next": "https://elsewhere.example/"}
    )

    assert response["Location"] == "/"


def test_colors_are_chosen_by_a_post():
    assert Client().get(reverse("ui:theme")).status_code == 405


def test_navigation_comes_from_composition_and_stands_in_tabs_and_in_the_menu(monkeypatch):
    monkeypatch.setattr(navigation, "NAVIGATION", lambda request: [NavItem("Home", "/", True)])
    monkeypatch.setattr(navigation, "ACCOUNT", None)

    html = render_to_string("ui/base.html", request=RequestFactory().get("/"))
    assert html.count('<a href="/" aria-current="page">Home</a>') == 2


def test_a_stranger_is_offered_to_sign_in():
    html = render_to_string("ui/public.html", request=RequestFactory().get("/"))

    assert "Sign in" in html
    assert "Sign out" not in html


def test_pages_of_signing_in_that_are_not_ours_stand_in_our_shell():
    html = render_to_string("allauth/layouts/entrance.html", request=RequestFactory().get("/"))

    assert '<main id="main" class="wrap narrow"' in html


def test_templates_carry_no_style_and_no_script_of_their_own():
    found = [
        path.name
        for path in (HERE / "templates").rglob("*.html")
        if re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*src)", path.read_text())
    ]

    assert found == []


def test_styles_know_start_and_end_but_not_left_and_right():
    physical = r"(margin|padding|border|inset)-(left|right|top|bottom)\b|(?<![\w-])(left|right|float: left|width|height|max-width|min-height)\s*:"
    found = [
        (path.name, line)
        for path in (HERE / "static").rglob("*.css")
        for line in path.read_text().splitlines()
        if re.search(physical, re.sub(r"@(media|container)[^{]*", "", line))
    ]

    assert found == []


def test_every_typeface_and_script_that_is_not_ours_has_its_license_beside_it():
    borrowed = [*(HERE / "static/ui/fonts").glob("*.woff2"), *(HERE / "static/ui").glob("*.min.js")]

    assert borrowed
    for path in borrowed:
        name = path.name.removesuffix(".woff2").removesuffix("-ext").removesuffix(".min.js")
        assert path.with_name(f"{name}.LICENSE").exists()
