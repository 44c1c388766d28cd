"""The thread through the house, walked once over HTTP: what each person did, and what she saw.

Two applicants, readers, directors, members, a coach and a coordinator act through pages; thirteen
more districts follow by the acts of the rehearsal, so that twelve seats and a waitlist are real.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from tests.factories.people import NOW, make_neighbor
from tests.factories.programs import blueprint_text
from tests.journeys.applying import HENRICO, OMAHA, apply_by_hand
from tests.journeys.deciding import decide
from tests.journeys.reading import read_all
from tests.journeys.thread import Thread
from tests.journeys.working import begin_a_challenge, coach, convene, form_a_team, look_back
from throughline.rehearsal import applying, founding
from throughline.rehearsal.stage import Stage

BY_REHEARSAL = 13


def walk() -> Thread:
    """Walk the whole thread on a stopped clock. Call inside a transaction."""
    stage = Stage(Random(5), NOW.date(), lambda _line: None)
    thread = Thread(stage)
    founding.found(stage, blueprint_text())
    make_neighbor()
    call = thread.call
    ours = apply_by_hand(thread, call.opens_at + timedelta(days=3), HENRICO, "Ivy Larch")
    applying.apply(stage, BY_REHEARSAL)
    away = apply_by_hand(thread, call.closes_at - timedelta(days=2), OMAHA, "Sorrel Wood")
    read_all(thread, ours, away, call.last_moment)
    decide(thread, ours, away, call.last_moment + timedelta(weeks=7))
    form_a_team(thread, ours)
    convene(thread, ours)
    coach(thread, ours)
    begin_a_challenge(thread, ours)
    look_back(thread, ours, away)
    return thread
