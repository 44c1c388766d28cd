import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coach, make_coaching, make_session, plan
from tests.factories.convenings import make_district_with_team
from tests.factories.counting import queries_of
from tests.factories.ledger import make_entitlement, open_promises
from tests.factories.people import NOW, make_person
from tests.factories.programs import blueprint_text, fellow_of, make_cohort, make_engagement
from throughline.coaching.enums import CoachingState
from throughline.coaching.models import CoachingEngagement, CoachingSession, Note
from throughline.core.blueprint.editing import put
from throughline.ledger.actions.answer_add_on import answer_add_on
from throughline.ledger.models import AddOn
from throughline.ledger.queries import todo_items as ledger_items
from throughline.meetings.models import Commitment
from throughline.people.models import Person
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.enums import CohortState

SignIn = Callable[[Person | None], Client]

FORM = {
    "day": "2026-11-23",
    "starts_local": "10:00",
    "length": "other",
    "other_minutes": "75",
    "mode": "on_site",
    "travel_minutes": "110",
    "topics": ["policy", "team"],
    "next_step": "Send the counts",
    "due_on": "2027-01-22",
    "shared_summary": "Bring the rule.",
    "shared_with": "pair",
    "private_note": "Slow down.",
}


@pytest.mark.requirement("RELN-12")
def test_a_coach_logs_a_session_in_one_form_and_twice_is_once(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    client, url = as_person(coaching.coach.person), f"/coaching/{coaching.ref}/log/"
    filled = FORM | {"log_key": str(uuid4())}

    opened = client.get(url)
    sent = [client.post(url, filled) for _time in range(2)]

    session = CoachingSession.objects.select_related("occasion").get()
    assert (opened.status_code, [one.status_code for one in sent]) == (200, [302, 302])
    assert (session.occasion.minutes, session.travel_minutes, session.topics) == (
        75, 110, ["policy", "team"],
    )  # fmt: skip
    assert (Note.objects.count(), Commitment.objects.count()) == (2, 1)
    page = client.get(f"/coaching/sessions/{session.ref}/").content.decode()
    for words in ("1 h 15 min", "Policy and board, The team", "Bring the rule.", "Slow down."):
        assert words in page


def test_readers_are_named_before_saving(two_networks: TwoNetworks, as_person: SignIn) -> None:
    engagement = make_district_with_team(make_cohort(two_networks.ours), members=5)
    coaching = make_coaching(engagement)

    page = as_person(coaching.coach.person).get(f"/coaching/{coaching.ref}/log/").content.decode()

    members = engagement.teams.get().memberships.all()
    for name in (str(coaching.coachee), *(str(member) for member in members)):
        assert name in page


def test_a_form_that_is_not_complete_keeps_what_was_typed(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    filled = FORM | {"log_key": str(uuid4()), "other_minutes": "", "due_on": ""}

    response = as_person(coaching.coach.person).post(f"/coaching/{coaching.ref}/log/", filled)

    text = response.content.decode()
    assert response.status_code == 422
    for words in ("Say how many minutes.", "Say by when", "Bring the rule.", "Slow down."):
        assert words in text
    assert not CoachingSession.objects.exists()


def test_a_planned_session_is_filled_in_and_logged_from_its_link(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    planned = plan(coaching, day=date(2026, 11, 23))
    client = as_person(coaching.coach.person)
    url = f"/coaching/{coaching.ref}/log/?session={planned.ref}"
    filled = FORM | {"log_key": str(uuid4())}

    listed, opened = client.get("/coaching/"), client.get(url)
    sent = [client.post(url, filled) for _time in range(2)]

    assert planned.ref in listed.content.decode()
    assert 'value="2026-11-23"' in opened.content.decode()
    assert [one.status_code for one in sent] == [302, 302]
    assert CoachingSession.objects.get().occasion.minutes == 75


def test_a_coach_plans_a_session(two_networks: TwoNetworks, as_person: SignIn) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    client, url = as_person(coaching.coach.person), f"/coaching/{coaching.ref}/plan/"
    filled = {
        "day": "2026-12-09", "starts_local": "10:00", "length": "120", "mode": "on_site",
        "place_words": "Her office",
    }  # fmt: skip

    opened, empty, sent = client.get(url), client.post(url, {"day": ""}), client.post(url, filled)

    assert [one.status_code for one in (opened, empty, sent)] == [200, 422, 302]
    assert CoachingSession.objects.get().occasion.day == date(2026, 12, 9)


def test_staff_assign_and_end_without_a_reason(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    engagement = make_engagement(make_cohort(two_networks.ours))
    coach, fellow = make_coach(two_networks.ours), fellow_of(engagement)
    client = as_person(two_networks.our_director)

    empty = client.post("/coaching/assign/", {"coach": ""})
    sent = client.post("/coaching/assign/", {"coach": coach.ref, "whom": f"person:{fellow.ref}"})
    coaching = CoachingEngagement.objects.get()
    asked = client.get(f"/coaching/{coaching.ref}/end/")
    ended = client.post(f"/coaching/{coaching.ref}/end/")

    assert [one.status_code for one in (empty, sent, asked, ended)] == [422, 302, 200, 302]
    coaching.refresh_from_db()
    assert (coaching.coachee, coaching.state) == (fellow, CoachingState.ENDED)


def test_a_coach_who_has_a_tie_is_refused_beside_the_field(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    engagement = make_engagement(make_cohort(two_networks.ours))
    coach, fellow = make_coach(two_networks.ours, load_cap=0), fellow_of(engagement)

    response = as_person(two_networks.our_director).post(
        "/coaching/assign/", {"coach": coach.ref, "whom": f"person:{fellow.ref}"}
    )

    assert response.status_code == 422
    assert "already coaches as many" in response.content.decode()


def test_participants_do_not_open_the_pages_of_the_staff(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))

    for person in (coaching.coach.person, coaching.coachee, make_person(two_networks.ours)):
        client = as_person(person)
        assert client.get("/coaching/assign/").status_code == 404
        assert client.get(f"/coaching/{coaching.ref}/end/").status_code == 404


def test_only_the_coach_opens_the_log(two_networks: TwoNetworks, as_person: SignIn) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))

    for person in (coaching.coachee, two_networks.our_director):
        assert as_person(person).get(f"/coaching/{coaching.ref}/log/").status_code == 404


def test_the_first_page_takes_the_same_queries_however_many_are_coached(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    cohort, coach = make_cohort(two_networks.ours), make_coach(two_networks.ours)

    def add(number: int) -> CoachingSession:
        district = make_engagement(cohort, name=f"District {number}")
        return make_session(make_coaching(district, coach=coach), shared_summary="Some words.")

    session = add(0)
    clients = [as_person(person) for person in (coach.person, two_networks.our_director)]
    pages = ["/coaching/", f"/coaching/sessions/{session.ref}/"]
    few = [queries_of(client, url) for client in clients for url in pages]
    for number in (1, 2, 3):
        add(number)

    assert [queries_of(client, url) for client in clients for url in pages] == few


def test_what_is_to_come_stands_apart_from_what_was(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    held = make_session(coaching)
    missed, ahead = (plan(coaching, day=date(2026, 11, day)) for day in (20, 27))

    page = as_person(coaching.coachee).get("/coaching/").content.decode()

    before, after = page.split("Last sessions")
    assert [one.ref in before for one in (held, missed, ahead)] == [False, False, True]
    assert [one.ref in after for one in (held, missed, ahead)] == [True, False, False]
    assert ("next Fri, Nov 27" in page, "next Fri, Nov 20" in page) == (True, False)


def nearly_used_up(two_networks: TwoNetworks) -> CoachingEngagement:
    """Coaching with half an hour left of what was promised."""
    engagement = make_engagement(make_cohort(two_networks.ours))
    entitlement = make_entitlement(engagement, quantity=30)
    coaching = make_coaching(engagement)
    CoachingEngagement.objects.filter(pk=coaching.pk).update(entitlement=entitlement)
    coaching.refresh_from_db()
    return coaching


TO_PLAN = {"day": "2026-12-10", "starts_local": "10:00", "length": "60", "mode": "virtual"}


def test_staff_plan_beyond_the_promise_only_with_a_reason(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    coaching = nearly_used_up(two_networks)
    client, url = as_person(two_networks.our_director), f"/coaching/{coaching.ref}/plan/"

    opened = client.get(url).content.decode()
    asked = client.post(url, TO_PLAN)
    before = CoachingSession.objects.count()
    planned = client.post(url, TO_PLAN | {"overrun_reason": "A new superintendent."})

    assert "Why is more needed?" not in opened
    assert asked.status_code == 422 and before == 0
    words = asked.content.decode()
    assert "Why is more needed?" in words and "Only 0.5 hours of" in words and "10:00" in words
    assert planned.status_code == 302
    entry = CoachingSession.objects.get().occasion.scheduled_entry
    assert entry is not None and entry.overrun_reason == "A new superintendent."


def test_a_coach_who_needs_more_asks_the_staff_from_the_form_and_nothing_is_lost(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    coaching = nearly_used_up(two_networks)
    client, url = as_person(coaching.coach.person), f"/coaching/{coaching.ref}/log/"
    filled = FORM | {"log_key": str(uuid4()), "overrun_reason": "The board met twice."}

    first = client.post(url, filled)
    again = client.post(url, filled)
    asked = AddOn.objects.get()
    answer_add_on(asked, grant=True, by=two_networks.our_director, now=NOW)
    logged = client.post(url, filled)

    for refused in (first, again):
        words = refused.content.decode()
        assert refused.status_code == 422
        assert "We asked the host&#x27;s staff for 0.8 hours more." in words
        assert "Bring the rule." in words and "Slow down." in words
    assert (asked.quantity, asked.reason) == (45, "The board met twice.")
    assert logged.status_code == 302 and CoachingSession.objects.count() == 1


@pytest.mark.slow
@pytest.mark.requirement("LERN-42")
@pytest.mark.parametrize("per", ["district", "participant"])
def test_twenty_hours_are_counted_down_told_at_75_90_and_100_percent_and_need_a_yes_beyond(
    two_networks: TwoNetworks, as_person: SignIn, per: str
) -> None:
    place = ("ledger", "entitlements", "coaching-hours", "per")
    source = put(blueprint_text("lern"), {place: per})
    cohort = make_cohort(two_networks.ours, source=source)
    for step in (CohortState.RECRUITING, CohortState.RUNNING):
        move_cohort(cohort, step, by=None, now=NOW)
    engagement = make_engagement(cohort)
    open_promises(engagement)
    coaching = make_coaching(engagement)
    client, url = as_person(coaching.coach.person), f"/coaching/{coaching.ref}/log/"

    def log(minutes: int) -> str:
        filled = FORM | {"log_key": str(uuid4()), "other_minutes": str(minutes)}
        return client.post(url, filled, follow=True).content.decode()

    def told() -> list[str]:
        found = ledger_items(two_networks.our_director, now=NOW)
        return [one.title for one in found if "used or booked" in one.title]

    first, quiet = log(60), told()
    log(720)
    log(120)
    at_75 = told()
    log(180)
    at_90 = told()
    last = log(120)
    at_100 = told()
    beyond = log(60)

    assert "1.0 hour of 20.0 hours are used." in first and quiet == []
    assert "20.0 hours of 20.0 hours are used." in last
    assert [[re.findall(r"\d+%", one) for one in some] for some in (at_75, at_90, at_100)] == [
        [["75%"]], [["90%"]], [["100%"]],
    ]  # fmt: skip
    assert "Why is more needed?" in beyond and CoachingSession.objects.count() == 5
