"""Rules answer in the blueprint's words, and never turn anybody away in silence."""

from __future__ import annotations

import pytest

from tests.factories.admissions import CLOSED, make_application, make_call, make_readers, review_all
from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.programs import blueprint_text
from throughline.admissions.actions.adopt_selection import adopt_selection
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.decide_exception import decide_exception
from throughline.admissions.actions.propose_selection import propose_selection
from throughline.admissions.eligibility import (
    judge_rules,
    place_facts,
    title_facts,
    title_named,
    worst,
)
from throughline.admissions.enums import CaseState, RuleOutcome
from throughline.admissions.models import ExceptionCase
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHARGE = {
    "title": "charged-leader",
    "charge": "The board charged me with the district's challenge.",
}
AWAY = {"out-of-region": "Our river is the same river."}


def test_a_title_is_known_by_its_synonyms():
    version = make_call().cohort.version

    assert title_named(version, " schools CHIEF ") == "superintendent"
    assert title_named(version, "CAO") == "chief-academic-officer"
    assert title_named(version, "Head of buses") == ""


@pytest.mark.requirement("NEWS-05")
def test_each_version_has_titles_of_its_own():
    longer = blueprint_text("news").replace(
        "titles = [\n",
        'titles = [\n  { key = "buses", label = "Head of buses", executive = true },\n',
        1,
    )
    first, following = make_call(source=blueprint_text("news")), make_call(source=longer)

    assert title_named(first.cohort.version, "Head of buses") == ""
    assert title_named(following.cohort.version, "Head of buses") == "buses"
    assert title_named(following.cohort.version, "CAO") == "chief-academic-officer"


def test_a_fact_that_is_missing_is_not_answered_yet():
    version = make_call().cohort.version

    answers = judge_rules(version, {})

    assert {answer.held for answer in answers} == {None}
    assert {answer.short for answer in answers} == {"Not answered yet."}


@pytest.mark.requirement("RELN-24")
def test_the_region_is_the_hosts_own_list():
    source = blueprint_text().replace('south = ["AL", ', "south = [")
    ours, narrower = make_call(), make_call(source=source)
    facts = {"district.state": "AL"}

    region = {
        answer.key: answer.outcome
        for answer in judge_rules(
            ours.cohort.version, {**place_facts(ours.cohort.version, None), **facts}
        )
    }
    elsewhere = {
        answer.key: answer.outcome
        for answer in judge_rules(
            narrower.cohort.version, {**place_facts(narrower.cohort.version, None), **facts}
        )
    }

    assert region["region"] == RuleOutcome.ELIGIBLE
    assert elsewhere["region"] == RuleOutcome.PERSON


def test_the_result_is_the_worst_of_the_rules():
    version = make_call().cohort.version
    facts = {**title_facts(version, "superintendent"), "attests.application.commitment": False}

    answers = judge_rules(version, facts)

    assert worst(answers) == RuleOutcome.NOT_ELIGIBLE
    assert worst(answers[:1]) == RuleOutcome.ELIGIBLE


def test_an_application_that_meets_every_rule_needs_no_person():
    application = make_application()

    outcomes = set(application.results.values_list("outcome", flat=True))

    assert outcomes == {RuleOutcome.ELIGIBLE}
    assert not application.cases.exists()


@pytest.mark.requirement("RELN-26")
def test_a_district_outside_the_region_goes_to_a_person_with_its_own_words():
    application = make_application(state="MO", answers=AWAY)

    case = application.cases.get()
    assert (case.rule, case.asked_because) == ("region", "Our river is the same river.")
    assert application.results.get(rule="region").outcome == RuleOutcome.PERSON


@pytest.mark.requirement("RELN-05")
def test_a_leader_who_is_no_executive_goes_to_a_person_with_her_charge():
    application = make_application(answers=CHARGE)

    case = application.cases.get()
    assert (case.rule, case.asked_because) == ("executive", CHARGE["charge"])
    assert case.state == CaseState.OPEN


@pytest.mark.requirement("RELN-26", "RELN-05")
def test_a_case_is_granted_with_who_and_why_and_only_once():
    application = make_application(state="MO", answers=AWAY)
    director = make_staff(application.network)
    case = application.cases.get()

    decide_exception(case, grant=True, because="A neighbor.", by=director, now=NOW)

    assert (case.state, case.decided_by, case.decided_because) == (
        CaseState.GRANTED, director, "A neighbor.",
    )  # fmt: skip
    with pytest.raises(WrongState):
        decide_exception(case, grant=False, because="No.", by=director, now=NOW)
    assert AuditEvent.objects.filter(verb="granted exception", key=case.ref).count() == 1


def test_a_case_is_not_decided_without_a_reason_or_by_a_stranger():
    application = make_application(state="MO", answers=AWAY)
    case = application.cases.get()

    with pytest.raises(BadInput, match="why"):
        decide_exception(case, grant=True, because=" ", by=make_staff(application.network), now=NOW)
    with pytest.raises(NotAllowed, match="staff"):
        decide_exception(
            case, grant=True, because="Yes.", by=make_person(application.network), now=NOW
        )


def test_an_open_case_waits_and_a_granted_one_is_read():
    network = make_network()
    call = make_call(network)
    director = make_staff(network)
    waits = make_application(call, state="MO", answers=AWAY)
    make_readers(call, 3)

    assert assign_reviewers(call, by=director, now=CLOSED).count == 0
    decide_exception(waits.cases.get(), grant=True, because="A neighbor.", by=director, now=CLOSED)
    assert assign_reviewers(call, by=director, now=CLOSED).count == 3


def test_cases_of_another_network_do_not_exist_for_our_staff():
    application = make_application(state="MO", answers=AWAY)
    stranger = make_staff(make_network(), role=Role.DIRECTOR)

    assert list(ExceptionCase.objects.visible_to(stranger)) == []
    assert list(ExceptionCase.objects.visible_to(make_staff(application.network))) == [
        application.cases.get()
    ]


def test_a_list_is_not_adopted_while_a_case_is_open():
    network = make_network()
    call, director = make_call(network), make_staff(network)
    make_application(call)
    make_application(call, state="MO", answers=AWAY)
    make_readers(call, 3)
    assign_reviewers(call, by=director, now=CLOSED)
    review_all(call)
    run = propose_selection(call, by=director, now=CLOSED)

    with pytest.raises(WrongState, match="One exception is still open"):
        adopt_selection(run, by=director, now=CLOSED)
