"""The thread through the house: what each person sees at each step of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.journeys.thread import Thread
from tests.journeys.walking import walk
from tests.journeys.working import PRIVATE, SHARED
from tests.world import in_folder

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def thread(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Thread]:
    """The walk, in one transaction that is never committed."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        in_folder(patch, tmp_path_factory.mktemp("thread"))
        yield walk()
        transaction.set_rollback(True)


def says(thread: Thread, step: str, *sentences: str) -> None:
    """Fail unless a step answered 200 and showed every one of these sentences."""
    assert thread.statuses[step] == 200, step
    missing = [one for one in sentences if one not in thread.pages[step]]
    assert missing == [], f"{step}: {thread.pages[step]}"


@pytest.mark.requirement("RELN-51")
def test_a_visitor_reads_what_the_program_is_and_who_can_apply(thread):
    says(
        thread,
        "ours: public",
        "An 18-month fellowship for executive leaders of school districts",
        "network convenings of 2 days 5",
        "Travel, lodging, meals and materials are paid for each fellow.",
        "You bring a design team of 5 to 7 people.",
        "Who is behind it Southern Education Foundation Funded by The Atlantic Philanthropies.",
        "Am I eligible?",
    )


@pytest.mark.requirement("RELN-24", "RELN-52")
def test_the_check_gives_a_reason_for_each_rule(thread):
    rule = "Your district is in a state that this network serves."
    says(thread, "ours: public", rule)
    says(thread, "ours: check", "You can apply. Nothing was saved", f"Yes. {rule}")
    says(
        thread,
        "away: check",
        "You can apply. One point is for a person to decide.",
        "A person decides. Your district's state is outside our region.",
    )


@pytest.mark.requirement("RELN-06")
def test_an_applicant_saves_while_she_types_and_signs_what_she_sends(thread):
    says(thread, "ours: begun", "1 of 4 sections are done.", "About 90 minutes to go.")
    says(thread, "ours: autosave", "Saved 12:00 am ET", "Section 2 of 4")
    says(
        thread,
        "ours: receipt",
        "Your application is in",
        "You signed I am committed to addressing historical disparities in my system.",
        "Sun, Jul 27, 1:00 am ET",
    )


def test_an_assistant_writes_but_never_signs(thread):
    says(thread, "assistant: goals", "Section 4 of 4 · Henrico County Public Schools")
    assert thread.counts["assistant is asked to commit"] == 0
    assert thread.statuses["assistant: sends"] == 422
    assert "Your application is in" not in thread.pages["assistant: sends"]


@pytest.mark.requirement("RELN-05", "RELN-26")
def test_what_the_rules_leave_open_is_decided_by_a_person_with_a_reason(thread):
    says(
        thread,
        "cases",
        "2 exceptions to decide",
        "Christina School District, DE executive",
        "Omaha Public Schools, NE region",
    )
    assert thread.statuses["case without a reason"] == 422
    assert "Write down why, in a sentence." in thread.pages["case without a reason"]
    says(thread, "case", "No exception is open", "Granted Its neighbors are in the network")


def test_a_reader_with_a_tie_does_not_read(thread):
    says(
        thread, "tie: asked", "Any tie to Henrico County Public Schools?", "We ask before you read."
    )
    assert "We publish our rates" not in thread.pages["tie: asked"]
    says(thread, "tie: said", "Somebody else reads this one, and it is off your list.")
    assert "Henrico" not in thread.pages["tie: said"]
    assert thread.statuses["tie: again"] == 404


def test_three_read_and_see_each_other_only_afterwards(thread):
    steps = [(f"review {one}: others before", f"review {one}: others after") for one in range(3)]
    assert [(thread.counts[a], thread.counts[b]) for a, b in steps] == [(0, 0), (0, 1), (0, 2)]
    assert thread.statuses["review without a comment"] == 422
    assert (
        "Say why in a sentence: you chose a 4 for Need."
        in (thread.pages["review without a comment"])
    )
    says(thread, "review 2: before", "5 of 5 confirmed by the applicant", "0 at cabinet level")
    says(thread, "reading", "Every review is in", "3 readers for each application")


def test_twelve_are_chosen_and_nothing_leaves_before_two_have_signed(thread):
    assert (thread.counts["chosen"], thread.counts["alternates"]) == (12, 3)
    says(thread, "selection", "Choose 12 of 15", "A proposal from the readers' means.")
    assert thread.statuses["release with one signature"] == 422
    assert thread.statuses["applicant before release"] == 404
    assert thread.statuses["release unread"] == 422
    says(thread, "release", "15 decisions are on their way.", "Offer a seat 12", "Alternate 3")
    assert thread.counts["mailed before the job"] == 0
    assert "Please answer by Wed, Jan 28, 5:00 pm ET." in thread.letters["ivy@office.example"]


def test_a_seat_is_taken_once_and_the_first_alternate_follows_whoever_declines(thread):
    says(thread, "offer", "Accept the seat", "I cannot take the seat")
    says(thread, "alternate", "You are alternate 1.")
    says(thread, "accepted", "The seat is yours. Welcome.")
    says(thread, "accepted twice", "Accepted Fri, Jan 16")
    says(thread, "declined", "We have your answer. Thank you for telling us.")
    assert thread.letters["sorrel@office.example"].startswith("You are invited to join")
    says(thread, "promoted", "Please answer by Fri, Jan 30, 5:00 pm ET.")
    says(thread, "followed", "The seat is yours. Welcome.")
    says(thread, "seats", "12 of 12 seats are taken", "Omaha Public Schools", "Sorrel Wood")


@pytest.mark.requirement("RELN-28", "RELN-32")
def test_a_team_of_four_does_not_start_and_one_without_a_cabinet_member_is_told(thread):
    advice = "Your design team should include at least one member of the cabinet-level team."
    says(thread, "team: invited", "5 invitations are on their way.", advice)
    says(thread, "member accepts", "4 of 5 have said yes")
    assert thread.statuses["team of four"] == 422
    assert "Your design team has 4 members; it needs 5 to 7." in thread.pages["team of four"]
    says(thread, "team of five", "The team has started.", "5 members Active", advice)
    assert thread.counts["team is active"] == 1


@pytest.mark.requirement("RELN-08")
def test_five_convenings_of_two_days_are_answered_and_attended_by_half_days(thread):
    counted = {key: thread.counts[key] for key in ("convenings", "days", "half-days", "marks")}
    assert counted == {"convenings": 5, "days": 10, "half-days": 20, "marks": 4}
    says(thread, "assistant: answers", "Answer for Ivy Larch", "Foundry Hall, Atlanta")
    says(thread, "seat answered", "Your answer is kept.", "Ivy Larch Coming")
    says(thread, "half-day 0", "Thu, May 28, morning 0 of 17 are here")
    says(thread, "half-day 3", "Fri, May 29, afternoon 1 of 17 are here")


def test_the_ledger_says_promised_scheduled_delivered_and_remaining(thread):
    promise = "10 days of network convenings until Sat, Oct 23, 2027 Ivy Larch"
    says(thread, "convening: booked", f"{promise} 0 days 2 days 8 days")
    says(thread, "ledger: fellow", f"{promise} 1.5 days 0.5 days 8 days", "Travel is covered")
    says(
        thread,
        "ledger: staff",
        "10 days of network convenings Each person · days 120 1.5 22.5 96",
        "Henrico County Public Schools Ivy Larch 1.5 0.5 8",
    )


@pytest.mark.requirement("RELN-12")
def test_a_session_is_logged_once_with_minutes_apart_from_the_road(thread):
    says(thread, "coach assigned", "coaches Ivy Larch from today.")
    assert thread.counts["sessions"] == 1
    for reader in ("coach", "fellow", "director"):
        says(thread, f"session: {reader}", "1 h 30 min On site", "45 min kept apart")


def test_a_summary_stays_between_two_and_a_note_with_its_author(thread):
    read = {
        reader: (SHARED in thread.pages[page], PRIVATE in thread.pages[page])
        for reader in ("coach", "fellow", "director")
        for page in [f"session: {reader}"]
    }

    assert read == {"coach": (True, True), "fellow": (True, False), "director": (False, False)}


@pytest.mark.requirement("RELN-47")
def test_a_team_reads_its_districts_rates_as_they_were_published(thread):
    says(
        thread,
        "evidence",
        "In 2014–15, Henrico County Public Schools graduated Black students",
        "below that of all students",
        "Economically disadvantaged students",
        "Students who graduated within four years, 2014–15.",
        "Asian and Pacific Islander students 77–93% ranges overlap 249",
    )


def test_a_challenge_begins_from_a_finding_and_is_the_teams_only_one(thread):
    says(thread, "challenge: asked", "Say it so that a student would nod", "77–93%")
    assert thread.statuses["challenge: gap"] == 422
    assert "Say which students this is about." in thread.pages["challenge: gap"]
    assert "This field is required." not in thread.pages["challenge: gap"]
    sentence = "learn of them late in our high schools"
    says(thread, "challenge", "Your challenge has begun.", sentence, "Who reads it: My team.")
    says(thread, "challenge: member", sentence)
    says(thread, "challenge: once more", "Add this finding to our challenge?")


def test_the_directors_page_shows_twelve_districts_in_at_most_fifteen_queries(thread):
    says(thread, "dashboard", "month 8 of 18", "Henrico County Public Schools", "Omaha")
    assert thread.queries["dashboard"] <= 15


def test_a_long_list_of_applications_costs_no_more_queries_than_a_short_one(thread):
    says(thread, "applications: all", "15 applications", "Omaha Public Schools NE Sorrel Wood")
    assert "Omaha" not in thread.pages["applications: one"]
    assert thread.queries["applications: all"] == thread.queries["applications: one"]


def test_next_for_me_holds_at_most_seven_things_for_everybody(thread):
    shown = {key: count for key, count in thread.counts.items() if key.startswith("next: ")}

    assert len(shown) == 8
    assert max(shown.values()) <= 7
    says(thread, "next: fellow", "15 min Finish your equity challenge and ask the team")
    says(thread, "next: fellow away", "2 min Invite 5 members of your design team")
    says(thread, "next: member", "Nothing waits for you.")
