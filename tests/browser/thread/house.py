"""The house as a browser shows it: its people, each in a window of her own, and the server's clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.test import Client
from playwright.sync_api import Locator, Page, expect

from throughline.admissions.models import Call
from throughline.core import clock
from throughline.people.models import Person
from throughline.rehearsal.stage import Stage

PATIENCE = 30_000
"""Milliseconds for which a sentence may keep somebody waiting on a busy machine."""


@dataclass
class House:
    """Who walks, where, and when. Windows stay open between the steps of one person."""

    url: str
    scripts: bool
    open_window: Callable[..., Page]
    enter: Callable[[Page, Person], Client]
    set_clock: Callable[[datetime], None]
    stage: Stage
    now: datetime = field(init=False)
    windows: dict[int, Page] = field(default_factory=dict)

    @property
    def call(self) -> Call:
        """The call of the cohort."""
        return Call.objects.select_related("cohort__scope", "cohort__version").get(
            cohort=self.stage.cohort
        )

    def on(self, moment: datetime) -> None:
        """Let it be this moment for the server, from which its clock goes on."""
        self.now = moment
        self.set_clock(moment)

    @contextmanager
    def behind_the_scenes(self) -> Iterator[datetime]:
        """Stop the clock for what happens without a window."""
        with clock.at(self.now):
            yield self.now

    def visitor(self, width: int = 1280) -> Page:
        """Open a window in which nobody is signed in."""
        page = self.open_window(
            width,
            scripts=self.scripts,
            base_url=self.url,
            timezone_id="America/New_York",
            locale="en-US",
        )
        page.goto("/")
        return page

    def belongs_to(self, page: Page, person: Person) -> None:
        """Remember in whose hands a window is."""
        self.windows[person.pk] = page

    def home_of(self, person: Person | None, width: int = 1280) -> Page:
        """Return the window of a person, on her first page."""
        assert person is not None
        page = self.windows.get(person.pk)
        if page is None:
            page = self.visitor(width)
            self.enter(page, person)
            self.belongs_to(page, person)
        page.goto("/")
        return page

    def menu(self, person: Person | None, place: str) -> Page:
        """Let a person go to a place that her menu names."""
        page = self.home_of(person)
        page.get_by_role("navigation", name="Main").get_by_role("link", name=place).click()
        return page

    def tab_of_the_call(self, name: str) -> Page:
        """Let the director open a page of the only call."""
        page = self.menu(self.stage.director, "Admissions")
        page.get_by_role("navigation", name="Section").get_by_role("link", name=name).click()
        return page


def says(page: Page, *sentences: str) -> None:
    """Fail unless the page shows each of these sentences to whoever looks at it."""
    for sentence in sentences:
        expect(page.locator("body")).to_contain_text(
            sentence, use_inner_text=True, timeout=PATIENCE
        )


def hides(page: Page, *sentences: str) -> None:
    """Fail if the page shows one of these sentences."""
    for sentence in sentences:
        expect(page.locator("body")).not_to_contain_text(sentence, use_inner_text=True)


def heading(page: Page, words: str) -> None:
    """Fail unless this stands in the title of the page."""
    expect(page.locator("h1")).to_contain_text(words, timeout=PATIENCE)


def follow(page: Page | Locator, name: str) -> None:
    """Click the first link with this name."""
    page.get_by_role("link", name=name).first.click()


def press(page: Page | Locator, name: str) -> None:
    """Click the first button with this name."""
    page.get_by_role("button", name=name).first.click()


def by_keyboard(page: Page, name: str) -> None:
    """Go to a button with the keyboard and press it."""
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")
