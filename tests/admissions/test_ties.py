"""A tie is no fault; in force, it closes the district in every app, count and search."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conftest import TwoNetworks
from tests.factories.admissions import CLOSED, LATER, make_application, make_call, make_readers
from tests.factories.people import NOW, make_person, make_staff
from throughline.admissions.actions.assign_reviewers import assign_reviewers, name_reader
from throughline.admissions.actions.declare_conflict import declare_conflict
from throughline.admissions.actions.keep_ties import compute_ties, dismiss_tie
from throughline.admissions.enums import ConflictState, Found, TieGround
from throughline.admissions.models import Application, Call, Conflict, Review
from throughline.admissions.queries import applications, reading_progress, tallies
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.actions import add_affiliation, end_affiliation
from throughline.people.enums import Role
from throughline.people.models import Affiliation, Exclusion, Person
from throughline.programs.models import DistrictEngagement
from throughline.teams.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def season(readers: int = 4) -> tuple[Call, Application, list[Person], Person]:
    call = make_call()
    application = make_application(call)
    people = make_readers(call, readers)
    director = make_staff(call.network)
    assign_reviewers(call, by=director, now=CLOSED)
    return call, application, people, director


def test_who_works_in_the_district_now_does_not_read_it():
    call = make_call()
    application = make_application(call)
    tied, *others = make_readers(call, 4)
    add_affiliation(tied, application.engagement.district, title="Consultant", by=None, now=NOW)

    assign_reviewers(call, by=make_staff(call.network), now=CLOSED)

    readers = set(application.assignments.values_list("reviewer", flat=True))
    assert readers == {one.pk for one in others}
    assert Conflict.objects.get(reviewer=tied).found == Found.COMPUTED


@pytest.mark.parametrize(
    ("left_on", "is_tied"), [(date(2023, 3, 1), True), (date(2022, 3, 1), False)]
)
def test_a_former_tie_counts_for_four_years(left_on: date, is_tied: bool):
    call = make_call()
    application = make_application(call)
    (reader,) = make_readers(call, 1)
    work = add_affiliation(
        reader, application.engagement.district, title="Principal", by=None, now=NOW,
        from_on=date(2015, 1, 1),
    )  # fmt: skip
    end_affiliation(work, on=left_on, by=None, now=NOW)

    compute_ties(call, now=CLOSED)

    assert Conflict.objects.in_force().filter(reviewer=reader).exists() is is_tied
    assert Affiliation.objects.get(pk=work.pk).to_on == left_on


def test_an_applicant_who_also_reads_has_a_tie_to_her_own_district():
    call = make_call()
    application = make_application(call)

    name_reader(call, application.lead, by=None, now=NOW)

    assert Conflict.objects.get(reviewer=application.lead).application == application


def test_computing_again_makes_nothing_new():
    call = make_call()
    application = make_application(call)
    (reader,) = make_readers(call, 1)
    add_affiliation(reader, application.engagement.district, title="x", by=None, now=NOW)

    assert compute_ties(call, now=NOW) == 0
    assert Conflict.objects.count() == Exclusion.objects.count() == 1


def test_a_director_with_a_tie_finds_the_district_in_no_list_count_search_or_app():
    call, application, _people, _director = season()
    other = make_application(make_call(call.network))
    tied = make_staff(call.network)
    before = {one.key: one.count for one in tallies(tied, call)}
    add_affiliation(tied, application.engagement.district, title="Board", by=None, now=NOW)

    tied = fresh(tied)

    assert before["in_review"] == 1
    assert {one.key: one.count for one in tallies(tied, call)}["in_review"] == 0
    assert list(applications(tied, call)) == []
    assert list(applications(tied, call, search=application.number)) == []
    assert list(Application.objects.visible_to(tied)) == [other]
    assert application.team not in Team.objects.visible_to(tied)
    assert application.engagement not in DistrictEngagement.objects.visible_to(tied)
    assert [one.assigned for one in reading_progress(tied, call)] == [0, 0, 0, 0]


def test_a_reader_who_declares_a_tie_loses_the_application_and_another_gets_it():
    _call, application, people, _director = season(4)
    mine = application.assignments.filter(state="published").select_related("reviewer").first()
    assert mine is not None
    reader = mine.reviewer

    conflict = declare_conflict(mine, answer="person", by=reader, now=LATER)

    assert conflict is not None
    assert (conflict.ground, conflict.found) == (TieGround.FAMILY, Found.DECLARED)
    published = set(
        application.assignments.filter(state="published").values_list("reviewer", flat=True)
    )
    assert published == {one.pk for one in people} - {reader.pk}
    assert list(Review.objects.mine(fresh(reader))) == []
    assert list(Application.objects.visible_to(fresh(reader))) == []


def test_a_tie_is_answered_by_the_reader_alone_and_once():
    _call, application, people, _director = season(4)
    mine = application.assignments.select_related("reviewer").first()
    assert mine is not None
    other = next(one for one in people if one != mine.reviewer)

    with pytest.raises(NotAllowed, match="herself"):
        declare_conflict(mine, answer="none", by=other, now=LATER)
    with pytest.raises(BadInput, match="Choose"):
        declare_conflict(mine, answer="maybe", by=mine.reviewer, now=LATER)
    declare_conflict(mine, answer="work", by=mine.reviewer, now=LATER)
    with pytest.raises(WrongState, match="no longer yours"):
        declare_conflict(mine, answer="work", by=mine.reviewer, now=LATER)


def test_staff_set_an_unsure_tie_aside_with_a_reason():
    _call, application, _people, director = season(3)
    mine = application.assignments.select_related("reviewer").first()
    assert mine is not None
    conflict = declare_conflict(mine, answer="unsure", by=mine.reviewer, now=LATER)
    assert conflict is not None

    with pytest.raises(BadInput):
        dismiss_tie(conflict, because="", by=director, now=LATER)
    dismiss_tie(conflict, because="They met once.", by=director, now=LATER)

    assert conflict.state == ConflictState.DISMISSED
    assert (
        not Exclusion.objects.live()
        .filter(person=mine.reviewer)
        .exclude(until_at__lte=LATER)
        .exists()
    )
    with pytest.raises(WrongState):
        dismiss_tie(conflict, because="Again.", by=director, now=LATER)


def test_nobody_sets_her_own_tie_aside():
    call, application, _people, _director = season(3)
    tied = make_staff(call.network)
    add_affiliation(tied, application.engagement.district, title="x", by=None, now=NOW)
    conflict = Conflict.objects.get(reviewer=tied)

    with pytest.raises(NotAllowed, match="your own tie"):
        dismiss_tie(conflict, because="It is nothing.", by=fresh(tied), now=LATER)


def test_readers_of_another_network_are_no_ties_of_ours(two_networks: TwoNetworks):
    call = make_call(two_networks.ours)
    application = make_application(call)
    theirs = make_person(two_networks.theirs, role=Role.DIRECTOR)

    assert list(Application.objects.visible_to(theirs)) == []
    assert list(Application.objects.visible_to(two_networks.our_director)) == [application]


def test_an_affiliation_that_was_wrong_lifts_a_computed_tie():
    call = make_call()
    application = make_application(call)
    (reader,) = make_readers(call, 1)
    work = add_affiliation(reader, application.engagement.district, title="x", by=None, now=NOW)

    end_affiliation(work, on=NOW.date() - timedelta(days=365 * 6), by=None, now=NOW)

    assert not Conflict.objects.filter(reviewer=reader).exists()
    assert not Exclusion.objects.live().filter(person=reader).exists()
