"""Words that stand nowhere else, looked for on every page of every role, in mail, log and tables."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from tests.architecture.test_matrix import EVERYBODY, MAY_OPEN
from tests.factories.people import NOW
from tests.world import (
    CHALLENGE,
    MINE,
    NAME,
    NOTE,
    OWN_NOTE,
    PAIR,
    World,
    undone,
)
from throughline.core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

READERS = {
    MINE: {"coach"},
    PAIR: {"coach", "superintendent"},
    OWN_NOTE: {"superintendent"},
    NOTE: {"superintendent", "teacher"},
    CHALLENGE: {"superintendent", "teacher"},
}
"""Who reads which text: its author, the other of a pair, the members of a team. No staff role."""

SEALED = (MINE, PAIR, OWN_NOTE)


def everything_read(world: World, role: str) -> str:
    """Return the text of every page and file that this role may open."""
    client = world.client(role)
    read = []
    for name, (arguments, wanted) in MAY_OPEN.items():
        if role not in wanted or name.startswith(("account", "mfa")):
            continue
        with undone(), clock.at(NOW):
            answer = client.get(reverse(name, args=arguments(world)))
        if answer.status_code == 200:
            read.append(b"".join(answer).decode("utf-8", "replace"))
    with clock.at(NOW):
        kept = client.get(reverse("evidence:finding", args=[world.own_finding.ref]))
    read.append(kept.content.decode() if kept.status_code == 200 else "")
    return "\n".join(read)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_a_role_reads_the_words_that_are_meant_for_it_and_no_others(world: World, role: str):
    text = everything_read(world, role)

    read = {word for word in READERS if word in text}

    assert read == {word for word, readers in READERS.items() if role in readers}
    assert (NAME in text) is role.startswith("their ")


def test_no_letter_and_no_line_of_the_log_holds_a_private_word(world: World):
    left = "\n".join([*(text for _to, text in world.letters), *world.lines])

    assert [word for word in READERS if word in left] == []


def test_no_table_holds_a_sealed_word(world: World):
    held = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = repr([tuple(_plain(value) for value in row) for row in cursor.fetchall()])
            held += [(table, word) for word in SEALED if word in rows]

    assert held == []


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
