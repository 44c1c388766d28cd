"""Load how many students of a state's graduating classes the shipped figures count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from throughline.core import locks
from throughline.core.errors import NotAllowed
from throughline.evidence.enums import GRADUATING_CLASS
from throughline.evidence.groups import ALL, LOW_INCOME
from throughline.evidence.queries import BOTH, EVERY, state_class_question
from throughline.evidence.rules import can_load
from throughline.evidence.shipped import reading
from throughline.evidence.shipped.reading import StateClass
from throughline.people.models import Network, Person, Place, Scope
from throughline.releases.actions import PrintedCell, PublishedTable, publish_figures
from throughline.releases.enums import Whom
from throughline.releases.models import Population, Release


@transaction.atomic
def load_state_classes(
    state: Place, years: Iterable[int], *, network: Network, by: Person | None, now: datetime
) -> int:
    """Release a state's sums of these school years, so that a district can be put beside them.

    Sums are over the sizes that the source prints for each school. Loading again changes nothing.
    Returns how many years are new.

    Raises
    ------
    NotAllowed
        ``by`` takes no part in this network.
    """
    scope = Scope.objects.get(network=network, parent=None)
    if not (decision := can_load(by, scope)):
        raise NotAllowed(decision.reason)
    locks.take(scope)
    sha256 = reading.provenance()["outputs_sha256"]["rates.parquet"]
    known = Release.objects.filter(
        network=network, cells__population__owner_place=state, cells__sha256=sha256
    ).values_list("cells__period", flat=True)
    wanted = {str(year) for year in years} - set(known)
    if not wanted:
        return 0
    found = [one for one in reading.classes_of_state(state.code) if str(one.school_year) in wanted]
    for one in found:
        publish_figures(_population(state, scope), _table(state, one, sha256), by=by, now=now)
    return len(found)


def _population(state: Place, scope: Scope) -> Population:
    found, _made = Population.objects.get_or_create(
        network_id=scope.network_id,
        owner_place=state,
        whom=Whom.STUDENTS,
        defaults={"scope": scope, "title": f"Four-year graduation cohorts, {state.name}"},
    )
    return found


def _table(state: Place, one: StateClass, sha256: str) -> PublishedTable:
    provenance = reading.provenance()
    words = provenance["tables"][str(one.school_year)]
    sizes = {
        f"{EVERY}:{ALL}": one.students,
        f"{BOTH}:{ALL}": one.counted,
        f"{BOTH}:{LOW_INCOME}": one.low_income,
    }
    return PublishedTable(
        question=state_class_question(state.code, one.school_year),
        period=str(one.school_year),
        source=provenance["source"],
        table=f"{words}: sizes added up over the state",
        retrieved_on=date.fromisoformat(provenance["retrieved_on"]),
        sha256=sha256,
        dimensions=["group"],
        measures=[GRADUATING_CLASS],
        cells=[PrintedCell(cell, n, ".") for cell, n in sizes.items()],
    )
