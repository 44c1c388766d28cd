"""Pages that are there only for a while, in the season of a call: readable by everyone, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.axe import dead_controls
from tests.browser.test_pages_axe import looks
from tests.factories.admissions import (
    CLOSED,
    LATER,
    make_application,
    make_call,
    make_draft,
    make_readers,
    make_season,
)
from tests.factories.people import NOW, make_staff
from tests.factories.teams import make_member, make_team
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.declare_conflict import declare_conflict
from throughline.admissions.models import Decision, ExceptionCase, Review
from throughline.people.models import Person
from throughline.teams.actions.invite_member import invite_member, person_at

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Visit = tuple[Person, str]


def while_it_is_open() -> Iterator[Visit]:
    """Yield what an applicant opens before the call closes."""
    call = make_call()
    draft = make_draft(call)
    sent = make_application(call, answers={"title": "teacher"})
    assert draft.lead is not None
    assert sent.lead is not None
    for part in ("candidate", "district", "goals", "team"):
        yield draft.lead, reverse("admissions:part", args=[draft.ref, part])
    yield draft.lead, reverse("admissions:withdraw", args=[draft.ref])
    yield sent.lead, reverse("admissions:take_back", args=[sent.ref])


def while_it_is_read() -> Iterator[Visit]:
    """Yield what readers and staff open between the last day and the list."""
    call = make_call()
    for _twice in range(2):
        make_application(call)
    odd = make_application(call, state="NY")
    director = make_staff(call.network)
    make_readers(call, 3)
    assign_reviewers(call, by=director, now=CLOSED)
    review, other = Review.objects.filter(assignment__state="published")[:2]
    tied = declare_conflict(
        other.assignment, answer="person", by=other.assignment.reviewer, now=LATER
    )
    yield review.assignment.reviewer, reverse("admissions:tie", args=[review.ref])
    yield director, reverse("admissions:dismiss", args=[tied.ref])
    case = ExceptionCase.objects.get(application=odd)
    yield director, reverse("admissions:case", args=[case.ref])


def while_it_is_decided() -> Iterator[Visit]:
    """Yield what the committee opens, and what a member of a team is asked."""
    season = make_season(2, stage="adopted")
    decision = Decision.objects.filter(application__call=season.call).first()
    assert decision is not None
    yield season.director, reverse("admissions:decision", args=[decision.ref])
    asked = make_member(make_team(state="forming"))
    invite_member(asked, by=None, now=NOW)
    yield person_at(asked, by=None, now=NOW), reverse("teams:answer", args=[asked.ref])


@pytest.mark.parametrize(
    ("visits", "moment"),
    [(while_it_is_open, NOW), (while_it_is_read, LATER), (while_it_is_decided, LATER)],
    ids=["open", "read", "decided"],
)
def test_pages_of_a_season_can_be_read_by_everyone(
    live_server, window, enter, server_time, visits: Callable[[], Iterator[Visit]], moment
):
    server_time(moment)
    wrong: dict[str, list[str]] = {}
    for person, path in list(visits()):
        page: Page = window(color_scheme="light")
        plain: Page = window(scripts=False)
        enter(page, person)
        plain.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        for one in (page, plain):
            answer = one.goto(f"{live_server.url}{path}")
            assert answer is not None
            assert answer.ok, path
        found = looks(page, is_new=True, in_full=True)
        found += [f"without scripts: {one}" for one in dead_controls(plain)]
        if found:
            wrong[path] = found

    assert wrong == {}
