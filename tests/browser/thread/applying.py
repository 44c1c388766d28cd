"""A visitor becomes an applicant; twenty-seven other districts apply behind the scenes."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.thread.house import (
    House,
    by_keyboard,
    follow,
    heading,
    hides,
    press,
    says,
)
from throughline.admissions.models import Application
from throughline.people.models import Person
from throughline.rehearsal import applying

HENRICO, OMAHA = "Henrico County Public Schools", "Omaha Public Schools"
OTHERS = 27
VISION = "Describe educational equity"
SEEN = "Every student is known, and every door that opens for one opens for all."
WORDS = "We publish our rates by student group and have acted on them with families."
DISPARITIES = "Which disparities does your district's data show"
TEAM = (
    ("Bryony Marsh", "Principal", "Administrator"),
    ("Linden Frost", "Teacher, grade 8", "Teacher"),
    ("Clover Heath", "Teacher of English learners", "Teacher"),
    ("Rowan Field", "School counselor", "School or district staff"),
    ("Hazel Brook", "Family liaison", "School or district staff"),
)


def apply(house: House) -> Application:
    """Henrico applies by hand, the others by the acts of the rehearsal."""
    begun = house.stage.at((house.call.opens_at + timedelta(days=3)).date(), 14, 14)
    house.on(begun)
    page = house.visitor()
    read_and_check(page)
    ours = start(house, page)
    save_the_vision(house, page)
    name_an_assistant(house, page)
    let_her_write(house, ours)
    house.on(begun + timedelta(hours=1))
    finish_the_goals(page)
    name_the_team(page)
    send(page, ours)
    with transaction.atomic():
        applying.apply(house.stage, OTHERS)
    return ours


def read_and_check(page: Page) -> None:
    """The public page; then the check, for a district far away and for ours."""
    heading(page, "Racial Equity Leadership Network")
    says(page, "Who can apply", "Your district is in a state that this network serves.")
    follow(page, "Am I eligible?")
    check(page, OMAHA)
    says(page, "One point is for a person to decide.", "district's state is outside our region.")
    follow(page, "Change my answers")
    check(page, HENRICO)
    heading(page, "You can apply.")
    says(page, "Nothing was saved", "Your district is in a state that this network serves.")


def check(page: Page, district: str) -> None:
    """Answer the four questions; Enter sends them."""
    page.get_by_label("Your title").fill("Superintendent")
    page.get_by_label("Yes, to all of them").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Your district").fill(district)
    page.keyboard.press("Enter")


def start(house: House, page: Page) -> Application:
    """Get an account with a code that is mailed, and begin; the district is not asked twice."""
    follow(page, "Start my application")
    follow(page, "Create an account")
    page.get_by_label("Email").fill("ivy@office.example")
    page.keyboard.press("Enter")
    heading(page, "Enter the code")
    code = re.search(r"^\s+(\S+)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None
    page.get_by_label("Code").fill(code[1])
    page.keyboard.press("Enter")
    page.get_by_label("Your name").fill("Ivy Larch")
    page.keyboard.press("Enter")
    heading(page, "For which district do you apply?")
    expect(page.get_by_label("Your district")).to_have_value(re.compile(HENRICO))
    press(page, "Start my application")
    says(page, "1 of 4 sections are done.", "About 90 minutes to go.")
    ivy = Person.objects.select_related("network").get(full_name="Ivy Larch")
    house.belongs_to(page, ivy)
    return Application.objects.get(lead=ivy)


def save_the_vision(house: House, page: Page) -> None:
    """What is typed is saved by itself; without scripts, by a button. Either way, it is told."""
    follow(page, "Goals and priorities")
    if house.scripts:
        page.clock.set_fixed_time(house.now + timedelta(minutes=2))
        page.get_by_label(VISION).press_sequentially(SEEN)
        says(page, "14 / 300 words so far", "Saved 2:16 pm")
        follow(page, "Your application")
    else:
        hides(page, "words so far")
        page.get_by_label(VISION).fill(SEEN)
        press(page, "Come back later")
    heading(page, "Your application")
    follow(page, "Goals and priorities")
    expect(page.get_by_label(VISION)).to_have_value(SEEN)
    says(page, "Saved 2:14 pm")
    follow(page, "Your application")


def name_an_assistant(house: House, page: Page) -> None:
    """The applicant lets somebody write for her."""
    follow(page, "Ask someone to write with you")
    page.get_by_label("Assistant's name").fill("Fern Hollow")
    page.get_by_label("Assistant's e-mail address").fill("fern@office.example")
    page.get_by_label("Fill in the application").check()
    page.get_by_label("Answer invitations").check()
    press(page, "Name this assistant")
    says(page, "End what Fern Hollow may do")


def let_her_write(house: House, ours: Application) -> None:
    """The assistant writes a section; she can neither confirm nor send."""
    fern = Person.objects.select_related("network").get(full_name="Fern Hollow")
    page = house.home_of(fern, width=390)
    follow(page, "Fill in Ivy Larch’s application")
    follow(page, "Your district")
    page.get_by_label(DISPARITIES).fill(WORDS)
    press(page, "Save and go on")
    heading(page, "Goals and priorities")
    says(page, "Only Ivy Larch can confirm this statement.")
    follow(page, "Your application")
    follow(page, "Check answers")
    heading(page, "Check your answers, then send")
    expect(page.get_by_role("button", name="Send application")).to_have_count(0)


def finish_the_goals(page: Page) -> None:
    """The lead confirms the commitment and answers the rest of the goals."""
    page.goto("/")
    follow(page, "Finish your application")
    follow(page, "Goals and priorities")
    page.get_by_label("I am committed to addressing").check()
    page.get_by_label("What has your system already changed").fill(WORDS)
    by_keyboard(page, "Save and go on")
    heading(page, "Design team")


def name_the_team(page: Page) -> None:
    """Name five people, nobody of the cabinet, and confirm every date."""
    page.get_by_label("No", exact=True).check()
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Come back later")
    follow(page, "Design team")
    says(page, "Your design team has 0 members; it needs 5 to 7.")
    follow(page, "Name the people")
    for full_name, title, kind in TEAM:
        page.get_by_label("Name", exact=True).fill(full_name)
        page.get_by_label("E-mail address").fill(address_of(full_name))
        page.get_by_label("Title").fill(title)
        page.get_by_label("Where in the system").select_option(kind)
        press(page, "Put on the roster")
        says(page, f"{full_name} is on the roster.")
    says(page, "should include at least one member of the cabinet-level team.")


def address_of(full_name: str) -> str:
    """Return where a member of our team is written to."""
    return f"{full_name.split()[0].lower()}@henrico.example"


def send(page: Page, ours: Application) -> None:
    """Sign with one's name; Enter sends."""
    page.goto("/")
    follow(page, "Finish your application")
    says(page, "4 of 4 sections are done.")
    follow(page, "Check answers")
    page.get_by_role("checkbox").check()
    page.get_by_label("Your full name").fill("Ivy Larch")
    page.keyboard.press("Enter")
    heading(page, "Your application is in")
    says(page, "I am committed to addressing historical disparities in my system.")
