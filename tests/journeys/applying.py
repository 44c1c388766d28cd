"""Two districts apply through pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core import mail
from django.test import Client

from tests.journeys.thread import Thread, at
from throughline.admissions.models import Application
from throughline.people.enums import Verb
from throughline.people.models import Person

HENRICO, OMAHA = "5101890", "3174820"
PARTS = ("candidate", "district", "goals", "team")
TEAM = (
    ("Bryony Marsh", "Principal", "administrator"),
    ("Linden Frost", "Teacher, grade 8", "teacher"),
    ("Clover Heath", "Teacher of English learners", "teacher"),
    ("Rowan Field", "School counselor", "staff"),
    ("Hazel Brook", "Family liaison", "staff"),
)
WORDS = "We publish our rates by student group and have acted on them with families and the board."


def apply_by_hand(thread: Thread, begun: datetime, district: str, name: str) -> Application:
    """A visitor checks, gets an account with a code, writes, names a team and sends."""
    client, call, step = Client(), thread.call, "away" if district == OMAHA else "ours"
    with at(begun):
        thread.saw(f"{step}: public", client.get("/", follow=True))
        check = {
            "title": "Superintendent", "district": district, "dates": "yes", "commitment": "yes",
        }  # fmt: skip
        thread.saw(f"{step}: check", client.get(f"/admissions/calls/{call.ref}/check/", check))
        person = sign_up(client, name)
        thread.browsers[person.pk] = client
        begin = {"district": district, "title": "superintendent"}
        client.post(f"/admissions/calls/{call.ref}/start/", begin)
        mine = Application.objects.get(lead=person)
        thread.saw(f"{step}: begun", client.get(f"/admissions/applications/{mine.ref}/"))
        if step == "ours":
            name_an_assistant(thread, mine)
        for part in PARTS:
            answer_part(thread, client, mine, part, step)
        name_members(client, mine)
    with at(begun + timedelta(hours=1)):
        send = f"/admissions/applications/{mine.ref}/check/"
        sent = {"attest": "on", "typed_name": name, "once": str(uuid4())}
        thread.saw(f"{step}: receipt", client.post(send, sent, follow=True))
    mine.refresh_from_db()
    return mine


def sign_up(client: Client, name: str) -> Person:
    """Get an account: an address, the code that was sent there, a name."""
    address = f"{name.split()[0].lower()}@office.example"
    client.post("/account/signup/", {"email": address})
    code = re.search(r"^\s+(\S+)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None
    answer = client.post("/account/confirm-email/", {"code": code[1]})
    client.post(answer["Location"], {"full_name": name, "next": "/"})
    return Person.objects.select_related("network").get(full_name=name)


def answer_part(thread: Thread, client: Client, mine: Application, part: str, step: str) -> None:
    """Fill in a section: saved while typing, then sent on. Twice, if an answer asks for more."""
    path = f"/admissions/applications/{mine.ref}/parts/{part}/"
    for _again in range(2):
        values = answers_for(client.get(path).context["form"])
        if part == "district":
            saved = client.post(path, values | {"autosave": "1"})
            thread.saw(f"{step}: autosave", saved)
            values = answers_for(saved.context["form"])
        client.post(path, values)


def answers_for(form: Any) -> dict[str, Any]:
    """Return a fitting value for every field of a page."""
    given: dict[str, Any] = {}
    for key, one in form.fields.items():
        choices = [value for value, _label in getattr(one, "choices", []) if value]
        if key == "revisions":
            given[key] = one.initial
        elif key == "title":
            given[key] = "superintendent"
        elif key == "dates":
            given[key] = choices
        elif key == "commitment":
            given[key] = "on"
        else:
            given[key] = choices[0] if choices else WORDS
    return given


def name_an_assistant(thread: Thread, mine: Application) -> None:
    """The applicant lets an assistant write; she writes a section and is not asked to sign."""
    assert mine.lead is not None
    thread.browser(mine.lead).post(
        "/you/",
        {
            "full_name": "Fern Hollow", "email": "fern@office.example",
            "may": [Verb.EDIT_APPLICATION.value, Verb.REPLY.value],
        },
    )  # fmt: skip
    assistant = Person.objects.select_related("network").get(full_name="Fern Hollow")
    client = thread.browser(assistant)
    path = f"/admissions/applications/{mine.ref}"
    goals = client.get(f"{path}/parts/goals/")
    thread.saw(
        "assistant: goals",
        client.post(f"{path}/parts/goals/", answers_for(goals.context["form"]), follow=True),
    )
    thread.counts["assistant is asked to commit"] = int(
        "commitment" in goals.context["form"].fields
    )
    send = {"attest": "on", "typed_name": "Fern Hollow", "once": str(uuid4())}
    thread.saw("assistant: sends", client.post(f"{path}/check/", send))


def name_members(client: Client, mine: Application) -> None:
    """Name five people, nobody of the cabinet."""
    for full_name, title, kind in TEAM:
        email = f"{full_name.split()[0].lower()}-{mine.pk}@office.example"
        client.post(
            f"/teams/{mine.team.ref}/",
            {"full_name": full_name, "email": email, "title": title, "kind": kind},
        )
