"""The committee chooses; two sign; letters go out; an alternate follows whoever declines."""

from __future__ import annotations

from datetime import timedelta

from django.core import mail
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.thread.applying import HENRICO, OMAHA
from tests.browser.thread.house import House, by_keyboard, follow, heading, hides, press, says
from throughline.admissions.actions.answer_offer import answer_offer
from throughline.admissions.models import Application, Decision
from throughline.messaging.jobs import deliver_due


def decide(house: House, ours: Application) -> None:
    """From the list to twelve taken seats."""
    house.on(house.call.last_moment + timedelta(weeks=7))
    choose(house)
    sign_twice(house)
    read_letters_and_release(house)
    house.on(house.now + timedelta(days=3))
    answer(house, ours)
    house.on(house.now + timedelta(days=2))
    promote(house)


def choose(house: House) -> None:
    """Twelve of twenty-eight, and a waitlist that Omaha leads."""
    page = house.tab_of_the_call("Selection")
    heading(page, "Choose 12 of 28")
    press(page, "Propose 12 seats")
    says(page, "Here is a proposal. People decide.", "Next in line")
    expect(page.get_by_role("row", name=HENRICO)).to_contain_text("3.67")
    expect(page.get_by_role("row", name=OMAHA)).to_contain_text("Alternate 1")
    by_keyboard(page, "Adopt this list of 12")
    says(page, "The list is adopted. Nothing is sent yet.")


def sign_twice(house: House) -> None:
    """One signature releases nothing, two do."""
    page = house.tab_of_the_call("Decisions")
    heading(page, "28 decisions, none sent")
    press(page, "Sign this list")
    release(page)
    says(page, "28 decisions, none sent", "signed so far")
    other = house.home_of(house.stage.second)
    follow(other, "Sign the list of decisions")
    press(other, "Sign this list")
    says(other, "28 decisions, none sent")


def read_letters_and_release(house: House) -> None:
    """The director reads a letter as its reader will see it, and releases all at once."""
    mail.outbox.clear()
    page = house.tab_of_the_call("Decisions")
    page.get_by_role("row", name="Alternate").first.get_by_role("link").click()
    says(page, "will see it", "You are an alternate for")
    press(page, "Release 28 decisions now")
    says(page, "Read one letter of each kind first, as the person who gets it.")
    release(page)
    heading(page, "28 decisions, sent")
    assert mail.outbox == []
    with house.behind_the_scenes() as now:
        deliver_due(now=now + timedelta(minutes=1))
    assert "ivy@office.example" in {one for letter in mail.outbox for one in letter.to}


def release(page: Page) -> None:
    """Say that the letters are read, and press."""
    page.get_by_label("I have read one letter of each kind").check()
    press(page, "Release 28 decisions now")


def answer(house: House, ours: Application) -> None:
    """Ivy takes her seat; somebody declines; the others take theirs behind the scenes."""
    page = house.home_of(ours.lead)
    follow(page, "Accept or decline your seat")
    says(page, "Please answer by")
    by_keyboard(page, "Accept the seat")
    says(page, "The seat is yours. Welcome.")
    *others, last = open_offers(house)
    with house.behind_the_scenes() as now, transaction.atomic():
        for decision in others:
            answer_offer(decision, accept=True, by=decision.application.lead, now=now)
    page = house.home_of(last.application.lead, width=390)
    follow(page, "Accept or decline your seat")
    press(page, "I cannot take the seat")
    says(page, "We have your answer. Thank you for telling us.")
    hides(page, "Accept the seat")


def promote(house: House) -> None:
    """Omaha was the first alternate; a seat is free now, and it is taken."""
    with house.behind_the_scenes() as now:
        deliver_due(now=now + timedelta(minutes=1))
    omaha = Application.objects.select_related("lead__network").get(
        engagement__district__name=OMAHA
    )
    page = house.home_of(omaha.lead, width=390)
    follow(page, "Accept or decline your seat")
    by_keyboard(page, "Accept the seat")
    says(page, "The seat is yours. Welcome.")
    page = house.menu(house.stage.director, "Cohort")
    follow(page, "All districts")
    heading(page, "12 of 12 seats are taken")
    says(page, HENRICO, OMAHA)


def open_offers(house: House) -> list[Decision]:
    """Return offers that nobody has answered."""
    found = Decision.objects.filter(application__call=house.call, outcome="offer", state="released")
    return list(found.select_related("application__lead__network").order_by("application__pk"))
