"""Ties show the moment two records are one human, and are gone when they are two again."""

from __future__ import annotations

import pytest

from tests.factories.admissions import CLOSED, give, make_application, make_call, make_readers
from tests.factories.merges import again, all_rows, make_record, merged
from tests.factories.people import NOW, make_person, make_staff
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.keep_ties import compute_ties
from throughline.admissions.enums import AssignmentState
from throughline.admissions.models import Application, Call, Conflict, Review, ReviewAssignment
from throughline.core.errors import NotAllowed
from throughline.people.actions import add_affiliation, exclude
from throughline.people.actions.merge_persons import part_persons
from throughline.people.enums import Ground
from throughline.people.models import Exclusion, Person, PersonMerge

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KEPT_AS_HISTORY = frozenset({"people.personmerge", "people.exclusion"})
"""The decision itself, and exclusions: lifted ones stay as rows that have ended."""


def season() -> tuple[Call, Application, list[Person], Person]:
    call = make_call()
    application = make_application(call)
    readers = make_readers(call, 3)
    director = make_staff(call.network)
    assign_reviewers(call, by=director, now=CLOSED)
    return call, application, readers, director


def part(merge: PersonMerge, by: Person) -> None:
    part_persons(merge, reason="It was her sister.", by=by, now=NOW)


@pytest.mark.parametrize("kept", ["applicant", "reader"])
def test_who_turns_out_to_be_the_applicant_loses_the_reading_at_once(kept: str):
    _call, application, (reader, *_others), director = season()
    pair = (application.lead, reader) if kept == "applicant" else (reader, application.lead)
    assert application in Application.objects.read_by(again(reader))

    merged(*pair, by=director)

    assert ReviewAssignment.objects.get(reviewer=reader).state == AssignmentState.WITHDRAWN
    assert Conflict.objects.in_force().get(reviewer=reader).application == application
    assert application not in Application.objects.read_by(again(reader))


def test_another_record_that_worked_in_the_district_is_a_tie_too():
    _call, application, (reader, *_others), director = season()
    record = make_record(application.network)
    add_affiliation(record, application.engagement.district, title="Board", by=None, now=NOW)

    merged(reader, record, by=director)

    assert Conflict.objects.in_force().get().reviewer == reader
    assert application.scope not in again(reader).staffed_scopes()


def test_when_they_are_two_again_ties_are_lifted_and_reading_is_given_back():
    _call, application, (reader, *_others), director = season()
    before = all_rows(but=KEPT_AS_HISTORY)

    merge = merged(reader, application.lead, by=director)
    assert all_rows(but=KEPT_AS_HISTORY) != before
    part(merge, director)

    assert all_rows(but=KEPT_AS_HISTORY) == before
    assert not Exclusion.objects.live().exists()
    assert application in Application.objects.read_by(again(reader))


def test_reading_that_another_tie_took_meanwhile_is_not_given_back():
    call, application, (reader, *_others), director = season()
    merge = merged(reader, application.lead, by=director)
    add_affiliation(reader, application.engagement.district, title="Board", by=None, now=NOW)

    part(merge, director)
    compute_ties(call, now=NOW)

    assert ReviewAssignment.objects.get(reviewer=reader).state == AssignmentState.WITHDRAWN


def test_a_tie_of_a_record_that_reads_is_found_from_the_record_that_works_there():
    call, application, (reader, *_others), director = season()
    kept = make_person(call.network)
    add_affiliation(kept, application.engagement.district, title="Board", by=None, now=NOW)
    merged(kept, reader, by=director)

    assert Conflict.objects.in_force().get().reviewer == reader
    assert compute_ties(call, now=NOW) == 0


def test_whoever_is_tied_to_one_of_them_does_not_part_them():
    _call, application, (reader, *_others), director = season()
    merge = merged(reader, application.lead, by=director)
    add_affiliation(director, application.engagement.district, title="Board", by=None, now=NOW)

    with pytest.raises(NotAllowed, match="closed to you"):
        part(merge, again(director))


def test_what_one_record_may_not_read_is_not_assigned_to_another_of_hers():
    call = make_call()
    application = make_application(call)
    reader, other = make_readers(call, 2)
    record = make_record(call.network)
    director = make_staff(call.network)
    exclude(record, application.scope, Ground.CONFLICT, source="t:1", by=None, now=NOW)
    merged(reader, record, by=director)

    assign_reviewers(call, by=director, now=CLOSED)

    assert [one.reviewer for one in ReviewAssignment.objects.all()] == [other]


def test_one_human_reads_an_application_once():
    _call, application, (first, second, _third), director = season()
    review = Review.objects.get(assignment__reviewer=second)
    give(review, 3)
    before = all_rows(but=KEPT_AS_HISTORY)

    merge = merged(first, second, by=director)

    states = dict(application.assignments.values_list("reviewer", "state"))
    assert states[first.pk] == AssignmentState.WITHDRAWN
    assert states[second.pk] == AssignmentState.PUBLISHED
    part(merge, director)
    assert all_rows(but=KEPT_AS_HISTORY) == before


def test_two_records_of_one_reader_are_not_assigned_one_application():
    call = make_call()
    make_application(call)
    first, second, third = make_readers(call, 3)
    director = make_staff(call.network)
    merged(first, second, by=director)

    assign_reviewers(call, by=director, now=CLOSED)

    assert {one.reviewer for one in ReviewAssignment.objects.all()} == {first, third}
