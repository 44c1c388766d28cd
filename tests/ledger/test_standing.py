"""Good standing and completion: sentences, who meets them, what is missing, and waivers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.factories.convenings import make_event, seat_of_fellow
from tests.factories.counting import queries_of
from tests.factories.ledger import open_promises
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import blueprint_text, fellow_of, make_cohort, make_engagement
from tests.factories.threads import at_once
from tests.ledger.test_pages import text_of
from throughline.convenings.actions import check_in, close_event
from throughline.convenings.models import Event
from throughline.core import clock
from throughline.core.errors import BadInput, NotAllowed
from throughline.ledger.actions.end_waiver import end_waiver
from throughline.ledger.actions.waive_rule import waive_rule
from throughline.ledger.enums import RuleList
from throughline.ledger.models import Waiver
from throughline.ledger.queries import standing_page
from throughline.ledger.standing import rules_of
from throughline.people.models import Person
from throughline.programs.actions.start_draft import start_draft
from throughline.programs.models import Cohort

pytestmark = pytest.mark.django_db

AsPerson = Callable[[Person | None], Client]
ATTENDED = "Attended at least 80 percent of the days of network convenings held so far."


MORE_RULES = """
[[ledger.completion]]
key = "size"
rule = "team.size >= 5"
say = "a team of five."

[[ledger.completion]]
key = "missed"
rule = "missed.network <= 1"
say = "missed one at most."

[[ledger.completion]]
key = "agreement"
rule = "agreement.state = 'agreed'"
say = "agreed how to work."
"""


def held(came: int) -> Event:
    """A convening of four half-days that is over; its fellow came to so many of them."""
    event = make_event(number=1, now=NOW)
    blocks = list(event.blocks.select_related("event__scope", "occasion__scope"))
    seat = seat_of_fellow(event)
    for place, block in enumerate(blocks):
        status = "present" if place < came else "absent"
        moment = block.occasion.starts_at + timedelta(minutes=5)
        check_in(block, seat.person, status=status, tap=uuid4(), by=None, now=moment)
    close_event(event, by=None, now=blocks[-1].occasion.ends_at + timedelta(hours=1))
    return event


def stands(
    cohort: Cohort, key: str, rules: RuleList = RuleList.GOOD_STANDING
) -> list[tuple[str, tuple[str, ...]]]:
    director = make_staff(cohort.network)
    [line] = [
        line
        for _which, lines in standing_page(director, cohort)
        for line in lines
        if (line.rule.rules, line.rule.key) == (rules, key)
    ]
    return [(one.verdict.state.value[0], tuple(one.verdict.missing)) for one in line.people]


def test_rules_read_as_sentences_in_the_programs_own_words():
    cohort = make_cohort()

    assert [(one.rules, one.key, one.sentence) for one in rules_of(cohort.version)] == [
        ("good_standing", "attendance", ATTENDED),
        ("completion", "attendance",
         "Attended all network convenings in full, or holds a waiver with a reason."),
        ("completion", "challenge",
         "The team named its challenge, tried strategies and measured progress."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("came", "state", "missing"),
    [
        (4, "met", ()),
        (3, "unmet", ("75% of “10 days of network convenings” so far: 1.5 days of 2 days.",)),
        (0, "unmet", ("0% of “10 days of network convenings” so far: 0 days of 2 days.",)),
    ],
)
def test_attendance_is_judged_by_what_was_held_so_far(
    came: int, state: str, missing: tuple[str, ...]
):
    event = held(came)

    assert stands(event.scope.cohort, "attendance") == [(state, missing)]


def test_before_anything_was_held_nobody_meets_or_breaks_the_rule():
    engagement = make_engagement()
    open_promises(engagement)

    assert stands(engagement.cohort, "attendance") == [
        ("unknown", ("Nothing of “10 days of network convenings” was held yet.",))
    ]


def test_a_challenge_that_is_not_there_is_missing_in_words():
    engagement = make_engagement()

    assert stands(engagement.cohort, "challenge", RuleList.COMPLETION) == [
        ("unmet", ("The team has no challenge yet.",))
    ]


def test_a_fact_that_nobody_records_is_not_known():
    first = "[[ledger.completion]]"
    source = blueprint_text().replace(first, f"{MORE_RULES}\n{first}", 1)
    cohort = make_engagement(make_cohort(source=source)).cohort

    found = {
        key: stands(cohort, key, RuleList.COMPLETION) for key in ("size", "missed", "agreement")
    }

    assert found == {
        "size": [("unmet", ("0 people are in the team.",))],
        "missed": [("unknown", ("Not known yet: how many of “network” were missed.",))],
        "agreement": [("unknown", ("Not known yet: where the agreement of the team stands.",))],
    }


def test_a_director_waives_a_rule_with_a_reason_once_and_takes_it_back():
    event = held(0)
    cohort, director = event.scope.cohort, make_staff(event.network)
    fellow = seat_of_fellow(event).person
    waive = partial(
        waive_rule, cohort, fellow, rules=RuleList.GOOD_STANDING, rule="attendance",
        reason="Storm closed the roads.", by=director, now=NOW,
    )  # fmt: skip

    waiver, again = waive(), waive()
    waived = stands(cohort, "attendance")
    for _time in range(2):
        end_waiver(waiver, by=director, now=NOW)

    assert (again, waiver.sentence) == (waiver, ATTENDED)
    assert [state for state, _missing in waived] == ["waived"]
    assert [state for state, _missing in stands(cohort, "attendance")] == ["unmet"]


def test_nobody_else_waives_and_nothing_is_waived_without_a_reason_or_a_rule():
    engagement = make_engagement()
    director, coordinator = (
        make_staff(engagement.network),
        make_staff(engagement.network, "coordinator"),
    )
    fellow = fellow_of(engagement)
    waive = partial(waive_rule, engagement.cohort, rules=RuleList.COMPLETION, now=NOW)

    for by, person in ((fellow, fellow), (coordinator, fellow), (director, director)):
        with pytest.raises(NotAllowed):
            waive(person, rule="attendance", reason="Please.", by=by)
    for rule, reason in (("attendance", " "), ("no-such-rule", "Please.")):
        with pytest.raises(BadInput):
            waive(fellow, rule=rule, reason=reason, by=director)
    waiver = waive(fellow, rule="attendance", reason="Ill.", by=director)
    with pytest.raises(NotAllowed):
        end_waiver(waiver, by=coordinator, now=NOW)

    assert Waiver.objects.live().count() == 1


def test_the_database_refuses_a_waiver_without_a_reason_and_two_of_one_rule():
    engagement = make_engagement()
    fields = {
        "network": engagement.network, "cohort": engagement.cohort, "at": NOW,
        "person": fellow_of(engagement), "rule": "attendance", "sentence": ATTENDED,
    }  # fmt: skip
    Waiver.objects.create(rules="completion", reason="Ill.", **fields)

    for wrong in (
        {"rules": "completion", "reason": "Ill."},
        {"rules": "good_standing", "reason": ""},
        {"rules": "other", "reason": "Ill."},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Waiver.objects.create(**fields, **wrong)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_waiver_sent_eight_times_at_once_is_written_once():
    engagement = make_engagement()
    fellow = fellow_of(engagement)

    results = at_once(
        [
            partial(
                waive_rule, engagement.cohort, fellow, rules=RuleList.COMPLETION,
                rule="attendance", reason="Ill.", by=None, now=NOW,
            )
        ]
        * 8
    )  # fmt: skip

    assert {one.pk for one in results if isinstance(one, Waiver)} == {Waiver.objects.get().pk}


@pytest.mark.slow
def test_the_page_says_who_meets_a_rule_and_a_waiver_moves_her(as_person: AsPerson):
    event = held(3)
    cohort, fellow = event.scope.cohort, seat_of_fellow(event).person
    client = as_person(make_staff(event.network))
    url = f"/ledger/cohorts/{cohort.ref}/standing/"
    waive = f"{url}{fellow.ref}/good_standing/attendance/"

    before = text_of(client.get(url))
    silent = client.post(waive, {"reason": ""})
    client.post(waive, {"reason": "A funeral."})
    waived = text_of(client.get(url))
    client.post(f"/ledger/waivers/{Waiver.objects.get().ref}/end/")

    assert "Of 1 person: 0 meet it or hold a waiver, 1 do not, of 0 it is not known yet." in before
    assert "75% of “10 days of network convenings” so far: 1.5 days of 2 days." in before
    assert silent.status_code == 422 and "Say why this rule does not bind here." in text_of(silent)
    assert "A funeral." in waived and "1 meet it or hold a waiver, 0 do not" in waived
    assert "A funeral." not in text_of(client.get(url))


@pytest.mark.slow
def test_she_reads_on_her_own_page_where_she_stands(as_person: AsPerson):
    event = held(3)
    fellow = seat_of_fellow(event).person

    page = text_of(as_person(fellow).get("/ledger/"))

    assert f"{ATTENDED} Not met 75% of “10 days of network convenings” so far" in page


@pytest.mark.slow
def test_strangers_coordinators_and_wrong_names_find_no_waiver(as_person: AsPerson):
    engagement = make_engagement()
    ref, fellow = engagement.cohort.ref, fellow_of(engagement)
    director, stranger = make_staff(engagement.network), make_staff()
    elsewhere = make_person(engagement.network)
    place = f"/ledger/cohorts/{ref}/standing/"

    assert as_person(stranger).get(place).status_code == 404
    assert as_person(fellow).get(place).status_code == 404
    for wrong in (
        f"{elsewhere.ref}/completion/attendance/",
        f"{fellow.ref}/completion/nothing/",
        f"{fellow.ref}/nothing/attendance/",
    ):
        assert as_person(director).get(place + wrong).status_code == 404
    coordinator = as_person(make_staff(engagement.network, "coordinator"))
    refused = coordinator.post(f"{place}{fellow.ref}/completion/attendance/", {"reason": "Ill."})
    assert (refused.status_code, Waiver.objects.count()) == (422, 0)


@pytest.mark.slow
def test_the_page_takes_as_many_queries_for_many_as_for_few(as_person: AsPerson):
    def queries(districts: int) -> int:
        cohort = make_cohort()
        for place in range(districts):
            open_promises(make_engagement(cohort, name=f"District {place}"))
        client = as_person(make_staff(cohort.network))
        url = f"/ledger/cohorts/{cohort.ref}/standing/"
        client.get(url)
        return queries_of(client, url)

    assert queries(6) == queries(2)


@pytest.mark.slow
def test_rules_are_tried_on_people_who_do_not_exist_before_a_program_is_published(
    as_person: AsPerson,
):
    cohort = make_cohort()
    director = make_staff(cohort.network)
    start_draft(cohort.program, by=director, now=NOW)
    client, url = as_person(director), f"/ledger/rules/{cohort.program.ref}/"

    with clock.at(NOW):
        page = text_of(client.get(url))
        own = text_of(client.get(url, {"fact0": "79"}))
        wrong = client.get(url, {"fact0": "most"})

    assert "Draft of version 2" in page and ATTENDED in page
    cells = page[page.index(ATTENDED) : page.index("Attended all network convenings")]
    outcomes = re.findall(r"Not known yet(?!:)|Not met|Met", cells)
    assert outcomes == ["Met", "Met", "Not met", "Not known yet"]
    assert "Your sample" in own and "so far: 79." in own
    assert wrong.status_code == 422 and "Enter a number." in text_of(wrong)
    assert Waiver.objects.count() == 0
