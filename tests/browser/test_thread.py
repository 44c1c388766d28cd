"""The core of the thread in a browser, with scripts and without: begin, save, read, accept, look."""

from __future__ import annotations

import re

import pytest

from tests.factories.admissions import (
    CLOSED,
    LATER,
    make_application,
    make_call,
    make_draft,
    make_readers,
    make_season,
)
from tests.factories.people import NOW, make_person, make_place, make_staff
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.models import Application, Decision, Review
from throughline.forms.districts import label_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@BOTH
def test_an_applicant_checks_begins_and_saves_a_section(
    live_server, window, enter, server_time, scripts
):
    call, place = make_call(), make_place()
    lead = make_person(call.network)
    server_time(NOW)
    page = window(390, scripts=scripts)
    enter(page, lead)

    page.goto(f"{live_server.url}/admissions/calls/{call.ref}/check/")
    page.get_by_label("Your title").fill("Superintendent")
    page.get_by_label("Your district").fill(label_of(place))
    page.get_by_label("Yes, to all of them").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Check my answers").click()
    assert "You can apply." in page.locator("h1").inner_text()
    page.get_by_role("link", name="Start my application").click()
    page.get_by_role("button", name="Start my application").click()
    page.get_by_role("link", name="Goals and priorities").click()
    page.get_by_label("Describe educational equity").fill("Every student is known.")
    page.get_by_role("button", name="Come back later").click()

    assert "Your application" in page.locator("h1").inner_text()
    page.get_by_role("link", name="Goals and priorities").click()
    vision = page.get_by_label("Describe educational equity")
    assert vision.input_value() == "Every student is known."
    assert Application.objects.get().lead == lead


def test_what_is_typed_is_saved_by_itself_and_says_so(live_server, window, enter, server_time):
    draft = make_draft()
    server_time(NOW)
    page = window()
    enter(page, draft.lead)
    path = f"{live_server.url}/admissions/applications/{draft.ref}/parts/goals/"
    page.goto(path)

    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("Describe educational equity").fill("Every student is challenged.")
    page.locator("[data-saved]", has_text=re.compile(r"Saved \d+:\d\d [ap]m")).first.wait_for()
    page.goto(path)

    vision = page.get_by_label("Describe educational equity")
    assert vision.input_value() == "Every student is challenged."


@BOTH
def test_a_reader_says_no_tie_scores_and_sends(live_server, window, enter, server_time, scripts):
    call = make_call()
    make_application(call, name="Maple County")
    reader = make_readers(call, 3)[0]
    assign_reviewers(call, by=make_staff(call.network), now=CLOSED)
    server_time(CLOSED)
    page = window(scripts=scripts)
    enter(page, reader)

    page.goto(f"{live_server.url}/admissions/reviews/")
    page.get_by_role("link", name="Maple County").click()
    page.get_by_label("No tie").check()
    page.get_by_role("button", name="Continue").click()
    for group in page.locator("fieldset.rubric").all():
        group.get_by_role("radio").nth(2).check()
    page.get_by_role("button", name="Send and open the next").click()

    assert page.get_by_text("Your review is in.").is_visible()
    assert Review.objects.get(assignment__reviewer=reader).state == "submitted"


@BOTH
def test_an_offer_is_accepted_and_the_director_sees_the_seat(
    live_server, window, enter, server_time, scripts
):
    season = make_season(2, stage="released")
    chosen = season.applications[0]
    server_time(LATER)
    page = window(390, scripts=scripts)
    enter(page, chosen.lead)

    page.goto(f"{live_server.url}/admissions/applications/{chosen.ref}/answer/")
    page.get_by_role("button", name="Accept the seat").click()
    assert page.get_by_text("The seat is yours. Welcome.").is_visible()
    assert Decision.objects.get(application=chosen).state == "accepted"

    desk = window(scripts=scripts)
    enter(desk, season.director)
    desk.goto(f"{live_server.url}/programs/")
    desk.get_by_role("link", name=str(season.call.cohort)).click()
    assert "1 of 12 seats are taken" in desk.locator("h1").inner_text()
