"""The thread through the house, walked in a browser: with scripts, and without."""

from __future__ import annotations

from random import Random

import pytest
from django.db import transaction

from tests.browser.thread import applying, deciding, reading, working
from tests.browser.thread.house import House
from tests.factories.people import NOW, make_neighbor
from tests.factories.programs import blueprint_text
from throughline.rehearsal import founding
from throughline.rehearsal.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def house(request, live_server, window, enter, server_time) -> House:
    """A network with staff, a program and an open call."""
    stage = Stage(Random(5), NOW.date(), lambda _line: None)
    with transaction.atomic():
        founding.found(stage, blueprint_text())
        make_neighbor()
    return House(live_server.url, request.param, window, enter, server_time, stage)


def test_the_whole_thread(house):
    ours = applying.apply(house)
    reading.read(house, ours)
    deciding.decide(house, ours)
    working.form_a_team(house, ours)
    working.convene(house, ours)
    working.coach(house, ours)
    working.begin_a_challenge(house, ours)
    working.look_back(house, ours)
