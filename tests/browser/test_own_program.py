"""A host makes a program of her own in the browser; then nothing of the old one is left anywhere.

She copies RELN, makes its convenings two and a half days long and its teams three to five people
large, renames it and its words. The program is played, and every page, mail and file that any of
its people can reach is searched for a word of the old one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.crawl import LEFT_OUT, kind_of, without_arguments
from tests.factories.people import NOW, make_network, make_staff
from throughline.messaging.models import Message
from throughline.people.models import Person
from throughline.programs.models import BlueprintVersion
from throughline.rehearsal.play import play
from throughline.rehearsal.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WORDS = {
    "participant": ("pioneer", "pioneers"),
    "team": ("home crew", "home crews"),
    "member": ("crew member", "crew members"),
    "convening": ("gathering", "gatherings"),
    "challenge": ("promise", "promises"),
    "network": ("journey", "journeys"),
}
OLD = re.compile(
    r"\b(fellows?|fellowships?|design teams?|convenings?|racial equity challenges?"
    r"|RELN|Racial Equity Leadership Network)\b",
    re.IGNORECASE,
)
KEYS = {
    "programs:open", "programs:copy", "programs:export", "programs:draft", "programs:draft_section", "programs:draft_file",
}  # fmt: skip
"""The shelf of programs that ship, and a file with its editor, which name keys shown nowhere else."""
AS_STORED = {"people:my_data", "people:data_file"}
"""What is kept about the reader, word for word as it is stored."""
ADDRESS = re.compile(r"(https?:/)?/\S+")
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
ATTRIBUTES = re.compile(r'(?:aria-label|alt|title|placeholder)="([^"]*)"')


def test_nothing_of_the_old_program_is_left(
    window: Callable[..., Page], live_server, enter: Callable[[Page, Person], Client]
):
    network = make_network()
    page = window(scripts=False)
    enter(page, make_staff(network))
    page.goto(live_server.url + reverse("programs:cohorts"))

    page.get_by_role("link", name="Make a program of your own").click()
    page.get_by_role("radio", name=re.compile("An 18-month fellowship")).check()
    page.get_by_label("Name of your program").fill("Promise Network")
    page.get_by_label("Short name").fill("Promise")
    page.get_by_role("button", name="Copy and edit").click()
    fill_sentences(page)
    page.get_by_role("button", name="Save and see what moves").click()
    page.get_by_role("button", name="Publish version 1").click()

    version = BlueprintVersion.objects.get(program__network=network, state="published")
    series = version.parsed["convenings"]["series"]["network"]
    ring = version.parsed["teams"]["rings"]["design-team"]
    assert (series["length"], ring["min"], ring["max"]) == ("5 half-days", 3, 5)
    assert "\n".join(leftovers(played(version.source))) == ""


def fill_sentences(page: Page) -> None:
    """Type the new numbers and words into the sentences."""
    values = {
        "blueprint.summary": "A journey of 18 months for executive leaders and their home crews.",
        "teams.rings.design-team.min": "3",
        "teams.rings.design-team.max": "5",
        "convenings.series.network.length": "5 half-days",
        "convenings.series.network.on": "Wednesday",
        "ledger.entitlements.convening-days.quantity": "25 half-days",
        "program.cohort.max": "3",
        "program.cohort.target": "3",
    }
    for key, (one, other) in WORDS.items():
        values |= {f"words.en.{key}.one": one, f"words.en.{key}.other": other}
    for path, value in values.items():
        page.locator(f'[name="{path}"]').fill(value)


def played(source: str) -> Stage:
    """Play the program with a few districts."""
    with transaction.atomic():
        return play(source, today=NOW.date(), seed=5, progress=lambda _line: None, districts=5)


def leftovers(stage: Stage) -> list[str]:
    """Return every place where a word of the old program is still read."""
    found = [
        f"mail {message.subject}: {said[0]}"
        for message in Message.objects.filter(network=stage.network)
        for said in [OLD.search(ADDRESS.sub("", f"{message.subject} {message.body}"))]
        if said
    ]
    for role, person in stage.people.items():
        for path, text in reachable(person):
            if said := OLD.search(ADDRESS.sub("", text)):
                around = text[max(said.start() - 40, 0) : said.end() + 40]
                found.append(f"{role} {path}: {' '.join(around.split())}")
    return found


def reachable(person: Person) -> Iterator[tuple[str, str]]:
    """Follow links as a person; yield what is read on one page, or in one file, of each kind."""
    client = Client()
    client.force_login(
        Person.objects.get(pk=person.pk).account_link.account,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    session = client.session
    session["network"] = person.network_id
    session.save()
    waiting, seen = ["/", *without_arguments(person)], set(LEFT_OUT)
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if not kind or kind in seen:
            continue
        answer = client.get(path, follow=True)
        if answer.status_code != 200:
            continue
        seen.add(kind)
        text = answer.content.decode(errors="replace")
        if kind in KEYS | AS_STORED:
            continue
        if answer["Content-Type"].startswith("text/html"):
            waiting += re.findall(r'href="(/[^"#]*)"', text)
            text = " ".join([*ATTRIBUTES.findall(text), TAGS.sub(" ", text)])
        yield path, text
