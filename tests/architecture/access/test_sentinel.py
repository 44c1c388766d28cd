"""Words that stand nowhere else, looked for wherever a role comes, in mail, log and tables."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from tests.architecture.access import things
from tests.architecture.access.crawl import Round, text_of
from tests.architecture.access.policy import CHOOSERS
from tests.factories.people import NOW
from tests.world import (
    ABOUT_HER,
    ANSWER,
    CHALLENGE,
    COMMENT,
    MINE,
    NAME,
    NOTE,
    OWN_NOTE,
    PAIR,
    STEP,
    THEIRS,
    World,
)  # fmt: skip
from throughline.core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

READERS = {
    MINE: {"coach"},
    OWN_NOTE: {"superintendent"},
    ABOUT_HER: {"superintendent"},
    PAIR: {"coach", "superintendent"},
    STEP: {"coach", "superintendent"},
    NOTE: {"superintendent", "teacher"},
    CHALLENGE: {"superintendent", "teacher"},
    COMMENT: {"reviewer", "tied reviewer", *CHOOSERS},
    ANSWER: {
        "superintendent",
        "another superintendent",
        "applicant",
        "assistant",
        "reviewer",
        *CHOOSERS,
    },
}
"""Who reads which text: mine, the other of a pair, a team; what a reader wrote, what an applicant did.

Every applicant wrote the same answer, every reader the same comment, and each finds her own in her
own data; the applicant's draft has no such answer, her application of an earlier call has.

Of what is `mine`, `pair` or `team` no member of the staff and no assistant reads a word.
"""

SEALED = (MINE, PAIR, OWN_NOTE, ABOUT_HER)
PRIVATE = (*SEALED, STEP, NOTE, CHALLENGE)

ALSO = {
    "admissions:check_answers": things.application,
    "admissions:application_file": things.application,
    "evidence:finding": things.own_finding,
    "meetings:occasion_file": things.session_file,
}
"""Further things that hold such a word."""


def test_a_role_reads_the_words_that_are_meant_for_it_and_no_others(
    world: World, gone_round: Round
):
    role, client = gone_round.role, world.client(gone_round.role)
    with clock.at(NOW):
        more = [
            text_of(client.get(reverse(name, args=thing(world)))) for name, thing in ALSO.items()
        ]
    text = "\n".join([gone_round.text, *more])

    assert {word for word in READERS if word in text} == {
        word for word, readers in READERS.items() if role in readers
    }
    assert (NAME in text) == (role in THEIRS)


def test_no_line_of_the_log_holds_a_private_word(world: World, gone_round: Round):
    logged = "\n".join(world.lines)

    assert "Not Found: /" in logged
    assert [word for word in PRIVATE if word in logged] == []


def test_no_letter_holds_a_private_word(world: World):
    mailed = "\n".join(text for _to, text in world.letters)

    assert [word for word in PRIVATE if word in mailed] == []
    assert "Say whether you come" in mailed


def test_no_table_holds_a_sealed_word(world: World):
    held = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = repr([[_plain(value) for value in row] for row in cursor.fetchall()])
            held += [(table, word) for word in SEALED if word in rows]

    assert held == []


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
