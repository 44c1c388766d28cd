"""Play a program from the call to today. The same seed and day give the same rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder

from throughline.core import chance
from throughline.people.models import Network
from throughline.rehearsal import (
    applying,
    coaching,
    convening,
    deciding,
    describing,
    founding,
    inquiring,
    reading,
    running,
    unplayed,
)
from throughline.rehearsal.stage import Progress, Stage

SHIPPED = files("throughline") / "blueprints"


@dataclass(frozen=True, slots=True)
class Demo:
    """Who walks in with a sign-in link: the name of each role's person."""

    people: Mapping[str, str]


def build_demo(
    blueprint: Path | None, today: date, seed: int, progress: Progress, *, districts: int = 30
) -> Demo:
    """Play ``blueprint`` (default: RELN) into an empty database, as it would stand on ``today``.

    ``seed`` and ``today`` fix every row, sealed texts included.

    Raises
    ------
    ValueError
        The file is no valid blueprint; the message names lines and paths.
    """
    source = (blueprint or Path(str(SHIPPED / "reln.toml"))).read_text(encoding="utf-8")
    _make_key(seed)
    with chance.repeatable(seed), transaction.atomic():
        stage = play(source, today=today, seed=seed, progress=progress, districts=districts)
        _remember(stage)
        # Tables were made by the clock on the wall, which is no part of a demo.
        MigrationRecorder.Migration.objects.update(applied=stage.end)
    return Demo({role: person.full_name for role, person in stage.people.items()})


def play(
    source: str,
    *,
    today: date,
    seed: int,
    progress: Progress,
    districts: int = 30,
    key: str = "southern",
    called: str = "Southern Equity Network",
) -> Stage:
    """Play the text of a blueprint in a network of its own. Call inside a transaction.

    ``districts`` is how many apply; ``key`` and ``called`` name the network.
    """
    chance_of_names = Random(seed)  # noqa: S311 - made-up people
    stage = Stage(chance_of_names, today, progress, key, called)
    source, filled_in = unplayed.fill_in(source)
    founding.found(stage, source)
    if stage.call is not None:
        progress(f"{stage.cohort.label} opens; {districts} districts apply.")
        applying.apply(stage, districts)
        progress("Readers read; the committee chooses; letters go out.")
        reading.read(stage)
        deciding.decide(stage)
    else:
        progress(f"{stage.cohort.label} opens; the staff name its districts.")
        deciding.seat_by_hand(stage)
    progress(running.said(stage))
    running.run(stage)
    coaching.coach(stage)
    convening.convene(stage)
    coaching.look_ahead(stage)
    convening.hold_a_letter(stage)
    if running.has_teams(stage):
        progress("Teams open their districts' graduation rates and begin their challenge.")
    inquiring.inquire(stage)
    founding.recruit_next(stage)
    describing.describe(stage)
    for sentence in unplayed.sentences(stage, filled_in):
        progress(sentence)
    return stage


def _make_key(seed: int) -> None:
    """Derive the demo's sealing key from its seed, so that sealed texts are repeatable too."""
    path = settings.MASTER_KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(hashlib.sha256(f"demo:{seed}".encode()).hexdigest(), encoding="ascii")


def _remember(stage: Stage) -> None:
    refs = [[role, person.ref] for role, person in stage.people.items()]
    kept = Network.objects.get(pk=stage.network.pk).settings
    Network.objects.filter(pk=stage.network.pk).update(settings={**kept, "demo_people": refs})
