"""Pages of readers, staff and committee: rights, counts, a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admissions.test_selection import small
from tests.factories.admissions import make_application, make_call, make_draft, make_season
from tests.factories.people import NOW, make_network, make_person, make_place, make_staff
from throughline.admissions.models import Application, Call, Decision, Review
from throughline.admissions.queries import todo_items
from throughline.admissions.staging import mark_of
from throughline.people.actions import add_affiliation
from throughline.people.enums import Role, ScopeKind
from throughline.people.models import Organization, Person, Scope
from throughline.programs.models import DistrictEngagement
from throughline.teams.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]
_numbers = count(1)


def url(name: str, *args: str) -> str:
    return reverse(f"admissions:{name}", args=args)


def words(content: bytes) -> str:
    return " ".join(content.decode().split())


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def more_applications(call: Call, number: int) -> None:
    """Bare rows, as many as wanted: enough for a list."""
    lead = make_person(call.network)
    for _place in range(number):
        name = f"Bare {next(_numbers):04d}"
        district = Organization.objects.create(
            network=call.network, kind="district_office", name=name, place=make_place(name)
        )
        scope = Scope.objects.below(call.cohort.scope, kind=ScopeKind.ENGAGEMENT, label=name)
        engagement = DistrictEngagement.objects.create(
            network=call.network, scope=scope, cohort=call.cohort, district=district,
            state="applying",
        )  # fmt: skip
        team = Team.objects.create(
            network=call.network, engagement=engagement, ring="design-team", name=name,
            scope=Scope.objects.below(scope, kind=ScopeKind.TEAM, label=name),
        )  # fmt: skip
        Application.objects.create(
            network=call.network, call=call, number=f"T-{next(_numbers):04d}", lead=lead,
            engagement=engagement, team=team, scope=scope, stage="application",
            state="submitted", started_at=NOW, submitted_at=NOW,
        )  # fmt: skip


def test_a_list_of_many_applications_takes_as_many_queries_as_one(as_person: As):
    call = make_call()
    more_applications(call, 1)
    client = as_person(make_staff(call.network))
    few = queries(client, url("call", call.ref))

    more_applications(call, 40)

    assert queries(client, url("call", call.ref)) == few


@pytest.mark.parametrize("name", ["reading", "selection", "decisions"])
def test_pages_of_a_call_take_as_many_queries_for_three_as_for_one(as_person: As, name: str):
    stage = {"reading": "read", "selection": "proposed", "decisions": "signed"}[name]
    one = make_season(1, points=(4,), source=small(3, 1), stage=stage)
    three = make_season(3, points=(4, 3, 2), source=small(3, 1), stage=stage)

    few = queries(as_person(one.director), url(name, one.call.ref))
    many = queries(as_person(three.director), url(name, three.call.ref))

    assert many == few


def test_a_readers_list_takes_as_many_queries_for_three_as_for_one(as_person: As):
    one, three = make_season(1), make_season(3)

    assert queries(as_person(three.readers[0]), url("reviews")) == queries(
        as_person(one.readers[0]), url("reviews")
    )


@pytest.mark.parametrize("name", ["call", "cases", "reading", "selection", "decisions"])
def test_a_stranger_and_another_network_find_no_call(as_person: As, name: str):
    call = make_call()
    make_application(call)
    address = url(name, call.ref)

    assert as_person(make_person(call.network)).get(address).status_code == 404
    assert as_person(make_staff(make_network())).get(address).status_code == 404
    assert as_person(make_staff(call.network)).get(address).status_code == 200


def test_a_reader_sees_neither_the_list_nor_the_selection(as_person: As):
    season = make_season(1, stage="proposed", points=(4,), source=small())

    client = as_person(season.readers[0])

    assert client.get(url("call", season.call.ref)).status_code == 404
    assert client.get(url("selection", season.call.ref)).status_code == 404


def test_the_committee_sees_and_signs_and_changes_nothing(as_person: As):
    season = make_season(2, points=(4, 3), stage="adopted", source=small())
    committee = make_person(
        season.call.network, role=Role.COMMITTEE, scope=season.call.cohort.scope
    )
    client = as_person(committee)

    assert "Sign this list" in words(client.get(url("decisions", season.call.ref)).content)
    client.post(url("sign", season.call.ref), {"list": mark_of(season.call)})
    assert set(Decision.objects.values_list("signed_by", flat=True)) == {committee.pk}
    decision = Decision.objects.filter(outcome="offer").first()
    assert decision is not None
    refused = client.post(
        url("decision", decision.ref), {"outcome": "decline", "because": "x", "feedback": ""}
    )
    assert refused.status_code == 422


def test_the_question_about_ties_comes_before_the_text(as_person: As):
    season = make_season(1)
    review = Review.objects.filter(assignment__reviewer=season.readers[0]).get()
    Review.objects.filter(pk=review.pk).update(state="draft", submitted_at=None, points=None)
    type(review.assignment).objects.filter(pk=review.assignment_id).update(no_tie_at=None)
    client = as_person(season.readers[0])

    asked = client.get(url("review", review.ref))
    assert asked.headers["Location"] == url("tie", review.ref)
    assert "Days lost to suspension" not in words(client.get(url("tie", review.ref)).content)
    assert client.post(url("tie", review.ref), {}).status_code == 422
    client.post(url("tie", review.ref), {"tie": "none"})
    assert "Days lost to suspension" in words(client.get(url("review", review.ref)).content)
    client.post(url("tie", review.ref), {"tie": "work"})
    assert client.get(url("review", review.ref)).status_code == 404


def test_a_reader_saves_and_sends_and_then_sees_the_others(as_person: As):
    season = make_season(1, points=(3,))
    review = Review.objects.filter(assignment__reviewer=season.readers[0]).get()
    Review.objects.filter(pk=review.pk).update(state="draft", submitted_at=None, points=None)
    client, address = as_person(season.readers[0]), url("review", review.ref)
    levels = {f"level-{key}": "2" for key in
              ("need", "commitment", "readiness", "team", "voice", "attendance")}  # fmt: skip

    assert "What the other readers gave" not in words(client.get(address).content)
    saved = client.post(address, {**levels, "comment": "", "autosave": "1"})
    assert saved.status_code == 200
    extreme = client.post(address, {**levels, "level-need": "4", "comment": ""})
    assert extreme.status_code == 422
    assert "you chose a 4" in words(extreme.content)
    assert client.post(address, {**levels, "comment": "Good."}).status_code == 302
    assert "What the other readers gave" in words(client.get(address).content)


def test_another_reader_and_another_network_find_no_review(as_person: As):
    season = make_season(1)
    review = Review.objects.filter(assignment__reviewer=season.readers[0]).get()

    for person in (season.readers[1], make_staff(make_network()), season.director):
        assert as_person(person).get(url("review", review.ref)).status_code == 404
        assert as_person(person).get(url("tie", review.ref)).status_code == 404


@pytest.mark.requirement("RELN-26")
def test_staff_decide_a_case_on_its_page(as_person: As):
    application = make_application(state="MO", answers={"out-of-region": "The same river."})
    case = application.cases.get()
    client = as_person(make_staff(application.network))

    assert "The same river." in words(client.get(url("case", case.ref)).content)
    assert client.post(url("case", case.ref), {"grant": "yes"}).status_code == 422
    client.post(url("case", case.ref), {"grant": "yes", "because": "A neighbor."})
    again = client.post(url("case", case.ref), {"grant": "no", "because": "No."})

    case.refresh_from_db()
    assert (case.state, case.decided_because) == ("granted", "A neighbor.")
    assert again.status_code == 422
    assert as_person(make_staff(make_network())).get(url("case", case.ref)).status_code == 404


def test_a_director_with_a_tie_finds_neither_row_nor_count(as_person: As):
    call = make_call()
    application = make_application(call)
    tied = make_staff(call.network)
    add_affiliation(tied, application.engagement.district, title="Board", by=None, now=NOW)

    page = as_person(tied).get(url("call", call.ref))

    assert str(application.engagement) not in words(page.content)
    assert "0 applications" in words(page.content)


def test_from_assignment_to_release_on_pages(as_person: As):
    season = make_season(3, points=(4, 3, 2), source=small(1, 1))
    call, client = season.call, as_person(season.director)

    client.post(url("propose", call.ref))
    assert "A proposal from the readers" in words(client.get(url("selection", call.ref)).content)
    swap = {
        "out": season.applications[0].ref, "into": season.applications[1].ref,
        "reason": "A second state.", "revision": "0",
    }  # fmt: skip
    assert client.post(url("selection", call.ref), swap).status_code == 302
    assert client.post(url("selection", call.ref), swap).status_code == 422
    client.post(url("adopt", call.ref))
    shown = words(client.get(url("decisions", call.ref)).content)
    assert "3 decisions, none sent" in shown
    assert client.post(url("decisions", call.ref), {"has_read": "on"}).status_code == 422
    client.post(url("sign", call.ref), {"list": mark_of(call)})
    as_person(season.second).post(url("sign", call.ref), {"list": mark_of(call)})
    assert client.post(url("decisions", call.ref), {}).status_code == 422
    assert client.post(url("decisions", call.ref), {"has_read": "on"}).status_code == 302
    assert "3 decisions, sent" in words(client.get(url("decisions", call.ref)).content)


def test_the_letter_is_previewed_as_a_named_person_gets_it(as_person: As):
    season = make_season(2, points=(4, 3), source=small(1, 1), stage="adopted")
    offer = Decision.objects.get(outcome="offer")

    shown = words(
        as_person(season.director).get(url("decisions", season.call.ref), {"as": offer.ref}).content
    )

    assert f"As {offer.application.lead} will see it" in shown
    assert f"Dear {offer.application.lead}, we invite you to join as a fellow" in shown


def test_each_person_owes_what_is_hers_to_do():
    draft = make_draft()
    season = make_season(2, points=(4, 3), source=small(1, 1), stage="adopted")
    away = make_application(state="MO", answers={"out-of-region": "Near."})

    def titles(person: Person) -> list[str]:
        return [item.title for item in todo_items(Person.objects.get(pk=person.pk), now=NOW)]

    assert titles(draft.lead) == ["Finish your application"]
    assert titles(season.director) == ["Sign the list of decisions"]
    assert titles(make_staff(away.network)) == ["Decide 1 exception"]
    assert titles(season.readers[0]) == []
    Review.objects.update(state="draft", submitted_at=None, points=None)
    assert titles(season.readers[0]) == ["Read 2 applications"]
    assert titles(make_person(draft.network)) == []


def test_a_reader_is_named_on_the_page_once(as_person: As):
    call = make_call()
    client = as_person(make_staff(call.network))
    new = {"full_name": "A Reader", "email": "reader@district.example"}

    client.post(url("name_reader", call.ref), new)
    client.post(url("name_reader", call.ref), new)

    assert [str(one.person) for one in call.reviewers.all()] == ["A Reader"]
    assert client.post(url("name_reader", call.ref), {"full_name": ""}).status_code == 422


def test_who_has_signed_is_not_asked_again(as_person: As):
    season = make_season(2, points=(4, 3), source=small(1, 1), stage="adopted")
    client, address = as_person(season.director), url("decisions", season.call.ref)

    before = words(client.get(address).content)
    client.post(url("sign", season.call.ref), {"list": mark_of(season.call)})
    after = words(client.get(address).content)

    assert "Sign this list" in before
    assert "Sign this list" not in after and "You have signed." in after


def test_a_sent_list_says_how_many_got_a_seat_and_how_near_the_next_was(as_person: As):
    season = make_season(3, points=(4, 3, 3), source=small(2, 1), stage="released")

    page = words(as_person(season.director).get(url("selection", season.call.ref)).content)
    reading = words(as_person(season.director).get(url("reading", season.call.ref)).content)

    assert "2 of 3 were offered a seat" in page
    assert "Every review is in" in reading


def test_before_anybody_applied_there_is_nobody_to_choose_from(as_person: As):
    call = make_call()
    page = words(as_person(make_staff(call.network)).get(url("selection", call.ref)).content)

    assert "Nobody to choose from yet" in page
    assert "Propose" not in page
