"""A team forms, convenes, is coached, and begins its challenge."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.thread.applying import HENRICO
from tests.browser.thread.house import House, by_keyboard, follow, heading, hides, press, says
from tests.factories.people import NOW
from tests.journeys.working import asked
from throughline.admissions.models import Application
from throughline.coaching.actions.add_coach import add_coach
from throughline.composition.jobs import JOBS
from throughline.convenings.models import Event
from throughline.jobs.worker import run_due
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort
from throughline.teams.actions.answer_invitation import accept_invitation
from throughline.teams.models import TeamMembership

SHARED, PRIVATE = "We chose the question of the next meeting.", "Ask about the move; only for me."


def day(house: House, number: int, hour: int = 9) -> datetime:
    """An hour of a day of the cohort, counted from its first."""
    first = Cohort.objects.get(pk=house.stage.cohort.pk).starts_on
    zone = ZoneInfo(house.stage.network.zone)
    return datetime.combine(first + timedelta(days=number), time(hour), zone).astimezone(UTC)


def form_a_team(house: House, ours: Application) -> None:
    """Five are invited. With four the team cannot start, with five it does."""
    house.on(day(house, 0))
    with house.behind_the_scenes() as now:
        move_cohort(house.stage.cohort, CohortState.RUNNING, by=house.stage.director, now=now)
    page = house.home_of(ours.lead)
    follow(page, "Invite 5 members of your design team")
    press(page, "Invite everybody who was not asked yet")
    says(page, "5 invitations are on their way.")
    house.on(day(house, 3))
    first, *others, last = TeamMembership.objects.filter(team=ours.team).order_by("position")
    join(house, first)
    with house.behind_the_scenes() as now, transaction.atomic():
        for member in others:
            accept_invitation(member, by=asked(member), now=now)
    page.reload()
    says(page, "4 of 5 have said yes", "Your design team has 4 members; it needs 5 to 7.")
    expect(page.get_by_role("button", name="Start with")).to_have_count(0)
    join(house, last)
    page = house.home_of(ours.lead)
    follow(page, "Start your design team")
    by_keyboard(page, "Start with 5 members")
    says(page, "The team has started.", "5 members")


def join(house: House, member: TeamMembership) -> None:
    """A member answers the invitation on her phone."""
    page = house.home_of(asked(member), width=390)
    follow(page, "Answer the invitation to the design team")
    heading(page, f"{HENRICO} would like you on its team")
    press(page, "Join the team")
    says(page, "Welcome to the team.")


def convene(house: House, ours: Application) -> None:
    """The first convening is published, answered, and attended for a half-day."""
    house.on(day(house, 4))
    event = Event.objects.filter(scope=house.stage.cohort.scope_id).order_by("first_day")[0]
    staff = house.menu(house.stage.coordinator, "Convenings")
    follow(staff, str(event))
    staff.get_by_label("Place", exact=True).fill("Foundry Hall, Atlanta")
    press(staff, "Publish to 12 districts")
    says(staff, "Foundry Hall, Atlanta")
    page = house.home_of(ours.lead)
    follow(page, "Say whether you come")
    page.get_by_label("I will come to all of it").check()
    by_keyboard(page, "Keep this answer")
    says(page, "Your answer is kept.", "Ivy Larch", "Foundry Hall, Atlanta")
    house.on(event.blocks.order_by("position")[0].occasion.starts_at + timedelta(minutes=5))
    staff = house.menu(house.stage.coordinator, "Convenings")
    follow(staff, str(event))
    follow(staff, "Check-in")
    heading(staff, "0 of 17 are here")
    staff.get_by_label("Find a name").fill("Larch")
    staff.keyboard.press("Enter")
    hers = staff.get_by_role("main").get_by_role("listitem").filter(has_text="Ivy Larch")
    press(hers, "Here")
    heading(staff, "1 of 17 are here")
    expect(hers.get_by_role("button", name="Undo")).to_be_visible()


def coach(house: House, ours: Application) -> None:
    """A coach is assigned and logs a session: a summary that is shared, a note that is hers."""
    stage = house.stage
    house.on(day(house, 55, 15))
    with house.behind_the_scenes() as now:
        add_coach(
            stage.coaches[0], is_former_superintendent=True, load_cap=6, by=stage.director, now=now
        )
    page = house.menu(stage.director, "Coaching")
    follow(page, "Assign a coach")
    page.get_by_label("Coach", exact=True).select_option(stage.coaches[0].full_name)
    page.get_by_label("Coaches").select_option(f"Ivy Larch, {HENRICO}")
    press(page, "Assign")
    says(page, "coaches Ivy Larch from today.")
    log_a_session(house)
    page = house.menu(ours.lead, "Coaching")
    page.get_by_role("region", name="Last sessions").get_by_role("link").click()
    says(page, SHARED, "1 h 30 min", "On site")
    hides(page, PRIVATE)


def log_a_session(house: House) -> None:
    """What took place, in a minute on a phone."""
    page = house.home_of(house.stage.coaches[0], width=390)
    page.goto("/coaching/")
    follow(page, "Log a session")
    page.get_by_label("90", exact=True).check()
    page.get_by_label("On site").check()
    page.get_by_label("Minutes on the road").fill("45")
    page.get_by_label("Summary you share").fill(SHARED)
    page.get_by_label("Ivy Larch and you").check()
    says(page, "When you save: two people can read the summary.")
    page.get_by_label("Note for yourself").fill(PRIVATE)
    by_keyboard(page, "Save session")
    says(page, "Logged. Thank you.", "45 min", SHARED, PRIVATE)


def begin_a_challenge(house: House, ours: Application) -> None:
    """The published rates of the district; one of them becomes the start of the challenge."""
    house.on(day(house, 60))
    page = house.menu(ours.lead, "Evidence")
    page.get_by_label("Name of the district").fill("Henrico")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=HENRICO).first.click()
    press(page, "Load the published figures")
    with house.behind_the_scenes() as now:
        run_due(JOBS, now=now + timedelta(minutes=1))
    page.reload()
    heading(page, "Who graduates in four years?")
    says(page, "In 2014–15", "77–93%")
    page.get_by_label("Which students?").select_option(index=1)
    page.get_by_label("Your note").fill("We see this every year.")
    page.get_by_label("My team", exact=True).check()
    by_keyboard(page, "Add to our challenge")
    heading(page, "Say it so that a student would nod")
    page.get_by_label("Which students?").fill("Students who are ready for advanced courses")
    page.get_by_label("What do they live through?").fill("learn of them late")
    page.get_by_label("Where?").fill("in our high schools")
    page.get_by_label("My team", exact=True).check()
    press(page, "Begin our challenge")
    says(page, "Your challenge has begun.", "learn of them late in our high schools.")


def look_back(house: House, ours: Application) -> None:
    """What was promised; how the cohort stands; and what waits for everybody."""
    house.on(NOW)
    page = house.home_of(ours.lead)
    page.locator("summary", has_text="Ivy Larch").click()
    follow(page, "What we were promised")
    expect(page.get_by_role("row", name="10 days of network convenings")).to_contain_text(
        "0.5 days"
    )
    page = house.menu(house.stage.director, "Cohort")
    says(page, "month 8 of 18", "Where the 12 districts stand", HENRICO)
    follow(page, "All districts")
    follow(page, "Promised and delivered")
    says(page, "10 days of network convenings", HENRICO)
    member = asked(TeamMembership.objects.filter(team=ours.team).order_by("position")[0])
    for person in (ours.lead, member, house.stage.coordinator, house.stage.coaches[0]):
        look_at_the_next(house.home_of(person))
    says(house.home_of(ours.lead), "Finish your equity challenge and ask the team")


def look_at_the_next(page: Page) -> None:
    """At most seven things wait, each with the minutes that it takes."""
    says(page, "Next for me")
    items = page.get_by_role("region", name="Next for me").get_by_role("listitem")
    assert items.count() <= 7
    for item in items.all():
        expect(item).to_contain_text(re.compile(r"\d+\s*min"))
