"""The page of the list says what it is worth, what rules cost, who is in the room, and what if."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.admissions.test_pages_host import queries, url, words
from tests.admissions.test_selection import small
from tests.factories.admissions import (
    CLOSED,
    LATER,
    Season,
    make_application,
    make_call,
    make_readers,
    make_season,
)
from tests.factories.evidence import make_class
from tests.factories.people import NOW, make_person, make_staff
from throughline.admissions.actions.adopt_selection import adopt_selection
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.propose_selection import change_selection, propose_selection
from throughline.admissions.models import Application, Review
from throughline.jobs.models import Job
from throughline.people.actions import add_affiliation
from throughline.people.enums import Role
from throughline.people.models import Person, Place

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]

STATES = '{ fact = "district.state", aim = "several states", strength = "prefer" },'
ONE_OF_A_STATE = (
    '{ fact = "district.state", aim = "districts of a state", max = 1, strength = "require" },'
)
RURAL = (
    '{ fact = "district.locale = \'rural\'", aim = "rural districts", min = 1, '
    'strength = "require" },'
)
TOWN = RURAL.replace("'rural'", "'town'").replace("rural districts", "towns")


def ruled(*rules: str, seats: int = 2, waitlist: int = 1) -> str:
    """RELN with rules of selection that have numbers."""
    return small(seats, waitlist).replace(STATES, "\n  ".join([STATES, *rules]))


def at(state: str, locale: str = "") -> dict[str, object]:
    return {"state": state, "answers": {"locale": locale} if locale else {}}


def place_of(application: Application) -> Place:
    place = application.engagement.district.place
    assert place is not None
    return place


def listed(as_person: As, who: Person, season: Season, **asked: str) -> str:
    page = as_person(who).get(url("selection", season.call.ref), asked)
    assert page.status_code == 200
    return words(page.content)


def seat_of(page: str, district: str) -> str:
    row = page.partition(f">{district}</a>")[2].partition("</tr>")[0]
    seat = row.partition('data-l="Seat">')[2].partition("</td>")[0]
    return seat.replace('<span class="sub">', ": ").replace("</span>", "")


def test_a_list_is_proven_and_each_rule_has_its_price_and_who_would_change(as_person: As):
    season = make_season(
        4, points=(4, 3, 2, 1), source=ruled(ONE_OF_A_STATE, RURAL), stage="proposed",
        each=[at("GA"), at("GA", "town"), at("AL", "rural"), at("MS")],
    )  # fmt: skip
    _first, second, third, _last = (str(one.engagement) for one in season.applications)

    page = listed(as_person, season.director, season)

    assert season.extra["run"].plan["seats"] == [season.applications[n].ref for n in (0, 2)]
    assert "Best possible under your rules, checked." in page
    assert "Mean 3.00 of 4." in page
    assert "Without any rule it would be 3.50." in page
    assert "Districts of a state: at most 1 of each" in page
    assert "Rural districts: at least 1" in page
    assert "All rules together" in page and f"{second} for {third}" in page
    assert "It keeps every rule; the committee decides." in page
    assert seat_of(page, second) == "Alternate 1: The rules together"
    assert seat_of(page, third) == "By rule: The rules together"
    assert "Nothing about a person's race, sex or age is used or shown here." in page.replace(
        "&#x27;", "'"
    )


def test_comparing_says_what_would_break_and_changes_nothing(as_person: As):
    season = make_season(
        3, points=(4, 3, 2), source=ruled(ONE_OF_A_STATE), stage="proposed",
        each=[at("GA"), at("GA"), at("AL", "rural")],
    )  # fmt: skip
    first, second, third = season.applications
    make_class(season.call.network, place_of(second), 1200)

    page = listed(as_person, season.director, season, out=third.ref, into=second.ref)

    assert f"{second.engagement} instead of {third.engagement}: this would break" in page
    assert "6.00" in page and "7.00, 1.00 more" in page
    assert "AL; 2 states seated" in page
    assert "GA; one state seated; AL leaves; GA has 2" in page
    assert "1,200 students, 2014–15" in page
    assert "Strongest criterion" in page and "Need, 3.0" in page
    assert f"Keep {third.engagement}" in page and f"Seat {second.engagement}" in page
    assert "Sum of the means" not in listed(
        as_person, season.director, season, out=first.ref, into=third.ref
    )
    season.extra["run"].refresh_from_db()
    assert season.extra["run"].revision == 0


def test_a_swap_without_a_reason_keeps_the_comparison_and_the_reason_stays_with_the_decision(
    as_person: As,
):
    season = make_season(3, points=(4, 3, 2), source=small(2, 1), stage="proposed")
    run, (first, second, third) = season.extra["run"], season.applications
    address, client = url("selection", season.call.ref), as_person(season.director)
    swap = {"out": second.ref, "into": third.ref, "reason": "", "revision": "0"}

    empty = client.post(address, swap)
    wrong = client.post(address, swap | {"into": "NOBODY", "reason": "A second state."})
    done = client.post(address, swap | {"reason": "The only district of its state."})

    assert (empty.status_code, wrong.status_code, done.status_code) == (422, 422, 302)
    assert "Say why, in a sentence." in words(empty.content)
    assert f"Seat {third.engagement}" in words(empty.content)
    assert "A second state." in words(wrong.content)
    page = words(client.get(address).content)
    assert "Changed by people: it keeps your rules and is not the best by the scores." in page
    assert "Mean 3.00 of 4. The best list under your rules has 3.50." in page
    run.refresh_from_db()
    adopt_selection(run, by=season.director, now=LATER)
    assert third.decision.because == "Chosen for a seat. The only district of its state."
    assert second.decision.because == "Next in line for a seat."
    assert first.decision.because == "Chosen for a seat."


def test_rules_that_cannot_hold_together_are_named_and_people_decide(as_person: As):
    season = make_season(
        3, points=(4, 3, 2), source=ruled(RURAL, TOWN, seats=1), stage="proposed",
        each=[at("GA"), at("AL", "town"), at("MS", "rural")],
    )  # fmt: skip

    page = listed(as_person, season.director, season)

    assert "Some rules cannot hold together" in page
    assert "Best possible under the other rules, checked." in page
    assert "Rural districts; Towns. No list of these applications keeps them all" in page
    assert "It does not keep every rule; the committee decides." in page
    assert season.extra["run"].plan["seats"] == [season.applications[0].ref]


def test_the_room_counts_sizes_and_kinds_of_place_with_their_year(as_person: As):
    season = make_season(
        3, points=(4, 3, 2), source=small(1, 1), stage="proposed",
        each=[at("GA", "town"), at("AL", "town"), at("MS")],
    )  # fmt: skip
    network = season.call.network
    make_class(network, place_of(season.applications[0]), 150, 90)
    make_class(network, place_of(season.applications[1]), 3000, year=2014)

    page = listed(as_person, season.director, season)

    assert "GA, town, 240" in page and "AL, town, 3,000" in page
    for kind, seated, applied in (
        ("Town", 1, 2), ("Not said", 0, 1), ("Under 250", 1, 1), ("3,000 and more", 0, 1),
        ("No figure published here", 0, 1),
    ):  # fmt: skip
        row = f'<th scope="row">{kind}</th><td class="num">{seated}</td><td class="num">{applied}</td>'
        assert row in page
    assert "four-year graduation cohorts of 2014–15 and 2013–14" in page
    assert "It is not enrollment." in page


def test_equal_means_at_the_last_seat_can_be_compared_at_once(as_person: As):
    season = make_season(3, points=(4, 3, 3), source=small(2, 1), stage="proposed")
    plan, named = season.extra["run"].plan, {one.ref: one for one in season.applications}
    seated, waiting = named[plan["seats"][-1]], named[plan["waitlist"][0]]

    page = listed(as_person, season.director, season)

    assert "One seat is a coin-flip" in page
    assert f"?out={seated.ref}&amp;into={waiting.ref}#swap" in page
    assert f"Compare {seated.engagement} and {waiting.engagement}" in page


def test_after_a_review_changed_nothing_is_called_proven(as_person: As):
    season = make_season(2, points=(4, 3), source=small(1, 1), stage="proposed")
    application = season.applications[0]
    Application.objects.filter(pk=application.pk).update(points_sum=1)

    page = listed(as_person, season.director, season)

    assert "Best possible" not in page
    assert "Reviews have come in or changed since this list was proposed." in page


def test_the_committee_compares_and_cannot_swap_and_whoever_has_a_tie_sees_no_sums(as_person: As):
    season = make_season(3, points=(4, 3, 2), source=small(1, 1), stage="proposed")
    first, second, _third = season.applications
    committee = make_person(
        season.call.network, role=Role.COMMITTEE, scope=season.call.cohort.scope
    )

    page = listed(as_person, committee, season, out=first.ref, into=second.ref)

    assert "Sum of the means" in page
    assert f"Seat {second.engagement}" not in page
    add_affiliation(season.second, first.engagement.district, title="x", by=None, now=NOW)
    tied = Person.objects.get(pk=season.second.pk)
    page = listed(as_person, tied, season, out=first.ref, into=second.ref)
    assert "Best possible" not in page and "What if?" not in page
    assert "An application is closed to you" in page
    assert str(first.engagement) not in page


def test_many_districts_with_figures_take_as_many_queries_as_one(as_person: As):
    def loaded(number: int) -> Season:
        season = make_season(
            number, points=(4, 3, 2, 1), source=ruled(ONE_OF_A_STATE, seats=3), stage="proposed",
            each=[at(state, "town") for state in ("GA", "AL", "MS", "TN")[:number]],
        )  # fmt: skip
        for one in season.applications:
            make_class(season.call.network, place_of(one), 500)
        return season

    one, four = loaded(2), loaded(4)

    few = queries(as_person(one.director), url("selection", one.call.ref))
    assert queries(as_person(four.director), url("selection", four.call.ref)) == few


def test_a_reader_sees_the_district_as_facts_with_source_and_year(as_person: As):
    season = make_season(1, each=[at("GA", "rural")])
    application, reader = season.applications[0], season.readers[0]
    make_class(season.call.network, place_of(application), 150, None)
    review = Review.objects.get(assignment__reviewer=reader)

    page = words(as_person(reader).get(url("review", review.ref)).content)

    assert "Class of 2014–15" in page
    assert '<span class="number">150</span><span>students in one school</span>' in page
    assert "added up over 1 of 2 schools that the source names; not the district's" in page.replace(
        "&#x27;", "'"
    )
    assert "US Department of Education" in page
    assert '<span class="number">Rural</span><span>as the applicant says</span>' in page
    assert "one at cabinet level · Principal" in page


def test_figures_of_the_districts_are_asked_for_once_when_readers_are_assigned():
    call = make_call()
    director, loaded = make_staff(call.network), make_application(call)
    waiting = [make_application(call), make_application(call)]
    make_class(call.network, place_of(loaded), 100)
    Place.objects.filter(pk=place_of(waiting[1]).pk).update(authority="host")
    make_readers(call, 3)

    for _again in range(2):
        assign_reviewers(call, by=director, now=CLOSED)

    asked = Job.objects.filter(name="evidence.load_graduation").values_list("args", flat=True)
    assert [one["place"] for one in asked] == [place_of(waiting[0]).pk]


def test_the_reason_of_a_second_swap_is_the_one_that_is_kept():
    season = make_season(3, points=(4, 3, 2), source=small(1, 1), stage="read")
    run = propose_selection(season.call, by=season.director, now=LATER)
    first, second, third = (one.ref for one in season.applications)
    for revision, (out, into, reason) in enumerate(
        [(first, second, "One."), (second, third, "Two."), (third, first, "Three.")]
    ):
        change_selection(
            run, out=out, into=into, reason=reason, revision=revision, by=season.director, now=LATER
        )

    adopt_selection(run, by=season.director, now=LATER)

    assert season.applications[0].decision.because == "Chosen for a seat. Three."
