"""A team's one challenge: begun from a finding, written together, agreed once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories.evidence import make_finding
from tests.factories.inquiry import (
    WORDS,
    make_challenge,
    make_member,
    make_real_team,
    make_team_finding,
)
from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.programs import make_cohort
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.inquiry.actions import (
    EditedMeanwhile,
    agree_challenge,
    cite_finding,
    edit_challenge,
    explain_missing,
    propose_challenge,
    start_challenge,
)
from throughline.inquiry.enums import ChallengeState, EvidenceKind
from throughline.inquiry.models import Challenge, Citation, MissingEvidence
from throughline.inquiry.queries import todo_items
from throughline.inquiry.rules import flags
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.teams.enums import TeamState
from throughline.teams.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SENTENCE = (
    "Students with disabilities are moved to a certificate track before they are asked "
    "at both of our high schools, since at least 2012."
)


@pytest.fixture
def team_of_three() -> tuple[Team, Person, Person]:
    return make_real_team(make_cohort(make_network()))


def test_a_challenge_begins_as_a_draft_that_rests_on_a_finding(team_of_three):
    team, _lead, member = team_of_three
    finding = make_team_finding(team, member)

    challenge = start_challenge(team, finding=finding, **WORDS, by=member, now=NOW)

    assert (challenge.sentence, challenge.state, challenge.tier) == (SENTENCE, "draft", "team")
    assert list(challenge.citations.values_list("finding", "kind")) == [
        (finding.pk, "quantitative")
    ]
    verbs = (
        AuditEvent.objects.filter(key=challenge.ref).order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["started", "cited"]


def test_nobody_agrees_to_words_that_were_not_on_the_page(team_of_three):
    team, lead, member = team_of_three
    challenge = make_challenge(team, member)
    explain_missing(challenge, kind="voice", reason="We listen in January.", by=member, now=NOW)
    propose_challenge(challenge, by=member, now=NOW)
    edit_challenge(challenge, {"since": "since 2011"}, revision=1, by=member, now=NOW)
    propose_challenge(challenge, by=member, now=NOW)

    with pytest.raises(WrongState, match="changed since you opened"):
        agree_challenge(challenge, version=1, by=lead, now=NOW)

    challenge.refresh_from_db()
    assert challenge.state == "proposed"
    assert "since 2011" in agree_challenge(challenge, version=2, by=lead, now=NOW).words


@pytest.mark.requirement("RELN-30")
def test_a_team_has_exactly_one_priority_challenge_with_evidence_versions_and_approver(
    team_of_three,
):
    team, lead, member = team_of_three
    challenge = make_challenge(team, member)

    with pytest.raises(WrongState, match="already has an equity challenge"):
        start_challenge(team, finding=make_team_finding(team, lead), **WORDS, by=lead, now=NOW)
    explain_missing(challenge, kind="voice", reason="We listen in January.", by=member, now=NOW)
    propose_challenge(challenge, by=member, now=NOW)
    edit_challenge(challenge, {"since": "since 2011"}, revision=1, by=lead, now=NOW)
    propose_challenge(challenge, by=lead, now=NOW)
    agree_challenge(challenge, version=2, by=lead, now=NOW + timedelta(days=1))

    assert Challenge.objects.filter(owner_scope=team.scope, is_priority=True).get() == challenge
    assert [
        (version.number, version.words, version.by, version.agreed_by)
        for version in challenge.versions.order_by("number")
    ] == [
        (1, SENTENCE, member, None),
        (2, SENTENCE.replace("since at least 2012", "since 2011"), lead, lead),
    ]
    assert challenge.citations.count() == 1


def test_sending_the_first_form_twice_begins_one_challenge(team_of_three):
    team, _lead, member = team_of_three
    finding, once = make_team_finding(team, member), uuid4()

    first = start_challenge(team, finding=finding, **WORDS, once=once, by=member, now=NOW)
    second = start_challenge(team, finding=finding, **WORDS, once=once, by=member, now=NOW)

    assert (first == second, Challenge.objects.count()) == (True, 1)


def test_who_may_not_write_begins_nothing(team_of_three):
    team, _lead, member = team_of_three
    finding = make_team_finding(team, member)
    director, stranger = make_staff(team.network), make_person(team.network)

    for by in (director, stranger):
        with pytest.raises(NotAllowed, match="Only the team writes"):
            start_challenge(team, finding=finding, **WORDS, by=by, now=NOW)
    Team.objects.filter(pk=team.pk).update(state=TeamState.DISSOLVED)
    team.refresh_from_db()
    with pytest.raises(NotAllowed, match="has ended"):
        start_challenge(team, finding=finding, **WORDS, by=member, now=NOW)
    assert Challenge.objects.count() == 0


def test_empty_words_and_private_tiers_are_refused(team_of_three):
    team, _lead, member = team_of_three
    finding = make_team_finding(team, member)

    for change, field in [
        ({"who": " "}, "who"),
        ({"experience": ""}, "experience"),
        ({"tier": "mine"}, "tier"),
    ]:
        with pytest.raises(BadInput) as refused:
            start_challenge(team, finding=finding, **{**WORDS, **change}, by=member, now=NOW)
        assert refused.value.field == field
    assert Challenge.objects.count() == 0


def test_a_private_finding_is_not_cited_and_a_second_citation_changes_nothing(team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member)
    finding = make_team_finding(team, member)

    first = cite_finding(challenge, finding, by=member, now=NOW)
    second = cite_finding(challenge, finding, by=member, now=NOW)

    assert (first == second, challenge.citations.count()) == (True, 2)
    with pytest.raises(NotAllowed, match="cannot read this finding"):
        cite_finding(challenge, make_team_finding(team, member, tier="mine"), by=member, now=NOW)


def test_two_people_change_different_words_and_both_stay(team_of_three):
    team, lead, member = team_of_three
    challenge = make_challenge(team, member)

    edit_challenge(challenge, {"where": "at our north school"}, revision=1, by=lead, now=NOW)
    edit_challenge(challenge, {"why_now": "A new code of conduct."}, revision=1, by=member, now=NOW)

    challenge.refresh_from_db()
    assert (challenge.where, challenge.why_now, challenge.revision) == (
        "at our north school",
        "A new code of conduct.",
        3,
    )


def test_two_people_change_the_same_words_and_the_second_sees_both(team_of_three):
    team, lead, member = team_of_three
    challenge = make_challenge(team, member)
    edit_challenge(challenge, {"who": "Students with IEPs"}, revision=1, by=lead, now=NOW)

    with pytest.raises(EditedMeanwhile) as refused:
        edit_challenge(
            challenge, {"who": "Everyone", "since": "2013"}, revision=1, by=member, now=NOW
        )

    assert refused.value.theirs == {"who": "Students with IEPs"}
    challenge.refresh_from_db()
    assert (challenge.who, challenge.since) == ("Students with IEPs", "since at least 2012")


def test_saving_the_same_words_again_changes_nothing(team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member)

    edit_challenge(challenge, {"who": WORDS["who"]}, revision=1, by=member, now=NOW)

    challenge.refresh_from_db()
    assert challenge.revision == 1
    with pytest.raises(BadInput, match="which students"):
        edit_challenge(challenge, {"who": " "}, revision=1, by=member, now=NOW)


def test_the_team_is_asked_only_with_figures_and_voices_or_a_reason(team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member)

    with pytest.raises(NotAllowed, match="what students and families say"):
        propose_challenge(challenge, by=member, now=NOW)
    explain_missing(challenge, kind="voice", reason="We listen in January.", by=member, now=NOW)
    propose_challenge(challenge, by=member, now=NOW)

    assert challenge.state == ChallengeState.PROPOSED
    with pytest.raises(WrongState, match="already been asked"):
        propose_challenge(challenge, by=member, now=NOW)


def test_a_reason_is_needed_and_only_for_what_is_missing(team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member)

    for kind, reason, words in [
        ("voice", " ", "Say why"),
        ("x", "Because.", "Choose what is missing"),
        ("quantitative", "None.", "there already"),
    ]:
        with pytest.raises(BadInput, match=words):
            explain_missing(challenge, kind=kind, reason=reason, by=member, now=NOW)
    for reason in ("We listen in January.", "We listen in February."):
        explain_missing(challenge, kind="voice", reason=reason, by=member, now=NOW)
    assert MissingEvidence.objects.get().reason == "We listen in February."
    with pytest.raises(NotAllowed):
        explain_missing(challenge, kind="voice", reason="x", by=make_person(team.network), now=NOW)


def test_the_lead_records_the_agreement_once_and_the_words_stay(team_of_three):
    team, lead, member = team_of_three
    challenge = make_challenge(team, member)
    with pytest.raises(WrongState, match="Ask the team first"):
        agree_challenge(challenge, version=1, by=lead, now=NOW)
    explain_missing(challenge, kind="voice", reason="We listen in January.", by=member, now=NOW)
    propose_challenge(challenge, by=member, now=NOW)

    with pytest.raises(NotAllowed, match="The lead of the team"):
        agree_challenge(challenge, version=1, by=member, now=NOW)
    agree_challenge(challenge, version=1, by=lead, now=NOW)

    with pytest.raises(WrongState):
        agree_challenge(challenge, version=1, by=lead, now=NOW)
    with pytest.raises(NotAllowed, match="its words stay"):
        edit_challenge(challenge, {"who": "Others"}, revision=1, by=lead, now=NOW)


def test_a_team_challenge_is_read_by_the_team_alone(team_of_three):
    team, lead, member = team_of_three
    challenge = make_challenge(team, member)
    other = make_real_team_elsewhere()

    assert [list(Challenge.objects.visible_to(one)) for one in (lead, member)] == [[challenge]] * 2
    for one in (make_staff(team.network), make_person(team.network), other):
        assert list(Challenge.objects.visible_to(one)) == []


def make_real_team_elsewhere() -> Person:
    _team, lead, _member = make_real_team(make_cohort(make_network("Another Network")))
    return lead


def test_the_database_refuses_a_second_priority_challenge_and_an_empty_citation(team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member)

    def another(**columns: object) -> None:
        given = {
            "network": team.network, "author": member, "scope": team.scope, "owner_scope": team.scope,
            "tier": "team", "who": "W", "experience": "E", "saved_at": NOW,
        }  # fmt: skip
        Challenge.objects.create(**{**given, **columns})

    for make in (
        another,
        lambda: another(owner_scope=None, is_priority=False),
        lambda: another(tier="mine", is_priority=False, sealed=b"x"),
        lambda: Citation.objects.create(
            network=team.network, challenge=challenge, kind=EvidenceKind.VOICE, by=member, at=NOW
        ),
        lambda: MissingEvidence.objects.create(
            network=team.network, challenge=challenge, kind="voice", reason="", by=member, at=NOW
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def test_next_for_the_lead_begins_with_a_finding_and_ends_with_the_agreement(team_of_three):
    team, lead, member = team_of_three
    Team.objects.filter(pk=team.pk).update(state=TeamState.ACTIVE)

    def next_titles(person: Person) -> list[str]:
        return [item.title for item in todo_items(Person.objects.get(pk=person.pk), now=NOW)]

    assert next_titles(lead) == ["Choose a finding to begin your equity challenge"]
    challenge = make_challenge(team, member)
    assert next_titles(lead) == ["Finish your equity challenge and ask the team"]
    explain_missing(challenge, kind="voice", reason="We listen in January.", by=member, now=NOW)
    propose_challenge(challenge, by=member, now=NOW)
    assert next_titles(lead) == ["Record that your team agrees to its challenge"]
    agree_challenge(challenge, version=1, by=lead, now=NOW)
    assert next_titles(lead) == []
    assert next_titles(member) == []


def test_next_for_me_takes_a_fixed_number_of_queries(team_of_three, django_assert_max_num_queries):
    team, _lead, _member = team_of_three
    Team.objects.filter(pk=team.pk).update(state=TeamState.ACTIVE)
    lead = make_member(team, Role.TEAM_LEAD)
    assert lead.live_roles and lead.ids and lead.live_delegations == []

    with django_assert_max_num_queries(2):
        assert len(todo_items(lead, now=NOW)) == 1


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("need a summer bridge program", ["need a summer bridge program"]),
        ("are not motivated to sign up", ["are not motivated"]),
        ("are unmotivated and at risk", ["are unmotivated", "at risk"]),
        ("are not told that there is a test", []),
        ("are placed in classes without a reading teacher", []),
    ],
)
def test_words_that_name_a_solution_or_blame_students_get_a_second_look(text, quotes):
    assert [flag.quote for flag in flags(text)] == quotes


def test_a_finding_of_the_whole_network_may_be_cited(team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member)
    director = make_staff(team.network)
    root = director.scopes().get()
    finding = make_finding(director, team.engagement.district.place, root, tier="network")

    cite_finding(challenge, finding, by=member, now=NOW)

    assert challenge.citations.filter(finding=finding).count() == 1
