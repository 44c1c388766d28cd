"""One sign-in link for each role of a demo."""

from __future__ import annotations

from datetime import datetime

from throughline.people.actions.one_time_links import DEMO, make_link
from throughline.people.models import Network, Person


def make_demo_links(*, now: datetime) -> dict[str, str]:
    """Return the path of a new link for each role that the demo named, in its order.

    A rehearsal writes ``[[role, person ref], ...]`` under ``demo_people`` of its network's settings.

    Raises
    ------
    NotAllowed
        The data folder is not marked as a demo.
    """
    links: dict[str, str] = {}
    for network in Network.objects.order_by("pk"):
        people = network.settings.get("demo_people", [])
        refs = [ref for _role, ref in people]
        persons = {person.ref: person for person in Person.objects.filter(ref__in=refs)}
        for role, ref in people:
            links[role] = f"/demo/{make_link(DEMO, person=persons[ref], now=now)}/"
    return links
