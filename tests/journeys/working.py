"""A team forms, convenes, is coached, and begins its challenge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.factories.people import NOW
from tests.journeys.applying import HENRICO
from tests.journeys.thread import Thread, at, browser_of
from throughline.admissions.models import Application
from throughline.coaching.actions.add_coach import add_coach
from throughline.composition.jobs import JOBS
from throughline.convenings.models import Event, Seat
from throughline.core import clock
from throughline.jobs.worker import run_due
from throughline.meetings.models import Attendance
from throughline.people.models import Person, PersonAlias
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort
from throughline.teams.models import Team, TeamMembership

PRIVATE, SHARED = "Ask about the move; only for me.", "We chose the question of the next meeting."


def first_day(thread: Thread, hour: int = 9) -> datetime:
    """An hour of the cohort's first day."""
    day = Cohort.objects.get(pk=thread.stage.cohort.pk).starts_on
    return datetime.combine(day, time(hour), ZoneInfo(thread.stage.network.zone)).astimezone(UTC)


def form_a_team(thread: Thread, ours: Application) -> None:
    """Five are invited. With four it cannot start; with five it can, and is told of the cabinet."""
    stage, path = thread.stage, f"/teams/{ours.team.ref}"
    client = browser_of(thread, ours)
    with at(first_day(thread)):
        move_cohort(stage.cohort, CohortState.RUNNING, by=stage.director, now=clock.now())
        thread.saw("team: invited", client.post(f"{path}/invite/", follow=True))
        members = list(TeamMembership.objects.filter(team=ours.team).order_by("position"))
    with at(first_day(thread) + timedelta(days=3)):
        for member in members[:4]:
            answered = thread.browser(asked(member)).post(
                f"/teams/members/{member.ref}/", {"answer": "yes"}, follow=True
            )
            thread.saw("member accepts", answered)
        thread.saw("team of four", client.post(f"{path}/start/"))
        fifth = members[4]
        thread.browser(asked(fifth)).post(f"/teams/members/{fifth.ref}/", {"answer": "yes"})
        thread.saw("team of five", client.post(f"{path}/start/", follow=True))
        thread.counts["team is active"] = Team.objects.filter(
            pk=ours.team.pk, state="active"
        ).count()


def asked(member: TeamMembership) -> Person:
    """Return who was invited: she is in the team only when she has said yes."""
    return PersonAlias.objects.select_related("person").get(value=member.email).person


def convene(thread: Thread, ours: Application) -> None:
    """Five events of two days; one is published, answered and attended half-day by half-day."""
    stage = thread.stage
    coordinator, client = thread.browser(stage.coordinator), browser_of(thread, ours)
    events = list(Event.objects.filter(scope=stage.cohort.scope_id).order_by("first_day"))
    thread.counts["convenings"] = len(events)
    thread.counts["half-days"] = sum(one.blocks.count() for one in events)
    thread.counts["days"] = sum(
        (one.last_day - one.first_day).days + 1 for one in events if one.first_day and one.last_day
    )
    event = events[0]
    assert event.first_day is not None
    with at(first_day(thread) + timedelta(days=4)):
        place = {"place_words": "Foundry Hall, Atlanta", "theme": "Seeing", "publish": "1"}
        coordinator.post(f"/convenings/{event.ref}/publish/", place)
        seat = Seat.objects.get(event=event, person=ours.lead)
        assistant = thread.browser(Person.objects.get(full_name="Fern Hollow"))
        thread.saw("assistant: answers", assistant.get(f"/convenings/{event.ref}/"))
        answered = client.post(
            f"/convenings/seats/{seat.ref}/answer/", {f"seat-{seat.ref}-coming": "yes"}, follow=True
        )
        thread.saw("seat answered", answered)
        thread.saw("convening: booked", client.get("/ledger/"))
    for number, block in enumerate(event.blocks.select_related("occasion").order_by("position")):
        with at(block.occasion.starts_at + timedelta(minutes=5)):
            status = "present" if number else "absent"
            tap = {"seat": seat.ref, "status": status, "tap": str(uuid4())}
            desk = f"/convenings/half-days/{block.ref}/"
            thread.saw(f"half-day {number}", coordinator.post(desk, tap, follow=True))
            coordinator.post(desk, tap)
    thread.counts["marks"] = Attendance.objects.filter(
        occasion__in=event.blocks.values("occasion"), person=ours.lead
    ).count()


def coach(thread: Thread, ours: Application) -> None:
    """A coach is assigned and logs a session: a summary that is shared, a note that is hers."""
    stage, client = thread.stage, browser_of(thread, ours)
    director = thread.browser(stage.director)
    assert ours.lead is not None
    with at(first_day(thread) + timedelta(days=40)):
        one = add_coach(
            stage.coaches[0],
            is_former_superintendent=True,
            load_cap=6,
            by=stage.director,
            now=clock.now(),
        )
        pair = {"coach": one.ref, "whom": f"person:{ours.lead.ref}"}
        thread.saw("coach assigned", director.post("/coaching/assign/", pair, follow=True))
    with at(first_day(thread) + timedelta(days=55)):
        coaching = one.engagements.get()
        page = thread.browser(stage.coaches[0])
        log = {
            "day": (clock.today() - timedelta(days=1)).isoformat(), "starts_local": "10:00",
            "length": "90", "mode": "on-site", "travel_minutes": "45", "shared_summary": SHARED,
            "shared_with": "pair", "private_note": PRIVATE, "log_key": str(uuid4()),
        }  # fmt: skip
        form = page.get(f"/coaching/{coaching.ref}/log/").context["form"]
        log["mode"] = form.fields["mode"].choices[0][0]
        logged = page.post(f"/coaching/{coaching.ref}/log/", log)
        again = page.post(f"/coaching/{coaching.ref}/log/", log)
        thread.counts["sessions"] = len({logged["Location"], again["Location"]})
        thread.saw("session: coach", page.get(logged["Location"]))
        thread.saw("session: fellow", client.get(logged["Location"]))
        thread.saw("session: director", director.get(logged["Location"]))
        thread.saw("ledger: fellow", client.get("/ledger/"))


def begin_a_challenge(thread: Thread, ours: Application) -> None:
    """The district's published rates; one is kept and becomes the start of the challenge."""
    client, path = browser_of(thread, ours), f"/evidence/{HENRICO}/graduation/"
    with at(first_day(thread) + timedelta(days=60)):
        client.post(f"{path}load/")
        run_due(JOBS, now=clock.now() + timedelta(minutes=1))
        page = thread.opened("evidence", client, path)
        form = page.context["keep"]
        kept: Mapping[str, object] = {
            "group": form.fields["group"].choices[1][0], "note": "We see this every year.",
            "tier": "team", "year": form.initial["year"],
            "comparator": form.initial["comparator"], "once": str(uuid4()), "then": "challenge",
        }  # fmt: skip
        begun = client.post(f"{path}keep/", kept)
        thread.saw("challenge: asked", client.get(begun["Location"]))
        words = {
            "who": "Students who are ready for advanced courses", "experience": "learn of them late",
            "where": "in our high schools", "since": "", "why_now": "", "once": str(uuid4()),
        }  # fmt: skip
        thread.saw("challenge: gap", client.post(begun["Location"], words | {"who": ""}))
        tier = client.get(begun["Location"]).context["form"].fields["tier"].choices[0][0]
        started = client.post(begun["Location"], words | {"tier": tier})
        thread.saw("challenge", client.get(started["Location"]))
        thread.saw("challenge: once more", client.get(begun["Location"], follow=True))
        member = TeamMembership.objects.filter(team=ours.team).order_by("position")[0].person
        assert member is not None
        thread.saw("challenge: member", thread.browser(member).get(started["Location"]))


def look_back(thread: Thread, ours: Application, away: Application) -> None:
    """What staff and everybody else see on the first page."""
    stage, cohort = thread.stage, thread.stage.cohort
    with at(NOW):
        director = thread.browser(stage.director)
        thread.opened("dashboard", director, f"/cohort/{cohort.ref}/")
        thread.opened("ledger: staff", director, f"/ledger/cohorts/{cohort.ref}/")
        call = f"/admissions/calls/{thread.call.ref}/"
        thread.opened("applications: all", director, call)
        thread.opened("applications: one", director, f"{call}?q=Henrico")
        members = [one.person for one in TeamMembership.objects.filter(team=ours.team)]
        people = {
            "director": stage.director, "coordinator": stage.coordinator,
            "reader": stage.readers[0], "coach": stage.coaches[0], "fellow": ours.lead,
            "fellow away": away.lead, "member": members[0],
            "assistant": Person.objects.get(full_name="Fern Hollow"),
        }  # fmt: skip
        for role, person in people.items():
            assert person is not None
            home = thread.opened(f"next: {role}", thread.browser(person), "/")
            found = next(
                (one for one in (home.context.get("home"), home.context.get("page")) if one), None
            )
            thread.counts[f"next: {role}"] = len(found.next.todos)
