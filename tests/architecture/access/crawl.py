"""One round of a role through every address: it looks, then sends the form, and all is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.architecture.access.policy import POLICY, Row
from tests.factories.pdf import read_back
from tests.factories.people import NOW
from tests.world import World, undone
from throughline.audit.models import AuditEvent
from throughline.core import clock

SIGN_IN = "/account/login/"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a role got at one address."""

    statuses: tuple[int, ...]
    """Of looking and of sending the form, as far as the address has them."""
    is_asked_in: bool
    """Whether it was shown the way to sign in."""
    did: bool
    """Whether sending the form did something: the trail says so."""
    text: str
    """Everything that came back, headers included."""


@dataclass(frozen=True, slots=True)
class Round:
    """Who went, and what she got at each address, by its name."""

    role: str
    visits: dict[str, Visit]

    @property
    def text(self) -> str:
        """Everything that she could read."""
        return "\n".join(one.text for one in self.visits.values())


def go_round(world: World, role: str) -> Round:
    """Visit every address of the policy as this role."""
    client = world.client(role)
    cookies = {name: one.value for name, one in client.cookies.items()}
    found = {}
    for name, row in POLICY.items():
        client.cookies.clear()
        client.cookies.load(cookies)  # some buttons sign out
        found[name] = _visit(client, reverse(name, args=row.thing(world)), row, world)
    return Round(role, found)


def _visit(client: Client, path: str, row: Row, world: World) -> Visit:
    answers = []
    did = False
    if row.is_looked_at:
        with undone(), clock.at(NOW):
            answers.append(client.get(path))
    if row.done_by is not None:
        with undone(), clock.at(NOW):
            before = AuditEvent.objects.count()
            answers.append(client.post(path, row.sent(world)))
            did = AuditEvent.objects.count() > before
    return Visit(
        tuple(one.status_code for one in answers),
        any(one.headers.get("Location", "").startswith(SIGN_IN) for one in answers),
        did,
        "\n".join(part for one in answers for part in _parts(one)),
    )


def _parts(answer: HttpResponseBase) -> Iterator[str]:
    for name, value in answer.headers.items():
        yield f"{name}: {value}"
    yield text_of(answer)


def text_of(answer: HttpResponseBase) -> str:
    """Return what can be read of an answer; of a PDF, what its pages say."""
    content = b"".join(answer)
    is_pdf = answer.headers.get("Content-Type") == "application/pdf"
    return read_back(content).text if is_pdf else content.decode("utf-8", "replace")
