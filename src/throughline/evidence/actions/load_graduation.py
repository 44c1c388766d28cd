"""Load the published graduation rates of one district."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.evidence.actions.load_places import load_schools
from throughline.evidence.actions.load_state_classes import load_state_classes
from throughline.evidence.enums import GRADUATION, Grain, SnapshotState
from throughline.evidence.figures import figures_of
from throughline.evidence.groups import ALL
from throughline.evidence.models import DataSet, Snapshot, SnapshotPlace
from throughline.evidence.queries import graduation_question
from throughline.evidence.rules import can_load
from throughline.evidence.shipped import reading
from throughline.evidence.shipped.reading import SchoolRate
from throughline.people.enums import PlaceKind
from throughline.people.models import Network, Person, Place, Scope
from throughline.releases.actions import PrintedCell, PublishedTable, publish_figures
from throughline.releases.enums import Whom
from throughline.releases.models import Population
from throughline.releases.queries import Entry


@transaction.atomic
def load_graduation(place: Place, *, network: Network, by: Person | None, now: datetime) -> DataSet:
    """Release what was printed about a district's schools, one table a school year, and its state's sums.

    Loading again changes nothing; a year whose rows differ supersedes the one before.

    Raises
    ------
    NotAllowed
        ``by`` takes no part in this network.
    BadInput
        The place is not a district, or the shipped files do not know it.
    """
    provenance = reading.provenance()
    rates = reading.rates_of(place.code) if place.kind == PlaceKind.DISTRICT else []
    data_set = load_rates(
        place,
        rates,
        source=provenance["source"],
        license_words=provenance["license"],
        tables={int(year): words for year, words in provenance["tables"].items()},
        retrieved_on=date.fromisoformat(provenance["retrieved_on"]),
        network=network,
        by=by,
        now=now,
    )
    if place.parent is not None:
        years = {rate.school_year for rate in rates}
        load_state_classes(place.parent, years, network=network, by=by, now=now)
    return data_set


@transaction.atomic
def load_rates(
    place: Place,
    rates: Sequence[SchoolRate],
    *,
    source: str,
    license_words: str,
    tables: dict[int, str],
    retrieved_on: date,
    network: Network,
    by: Person | None,
    now: datetime,
) -> DataSet:
    """Release these printed rates of a district, one table a school year. Raises like its caller."""
    scope = Scope.objects.get(network=network, parent=None)
    if not (decision := can_load(by, scope)):
        raise NotAllowed(decision.reason)
    if not rates:
        raise BadInput(_("These files hold no school of this district in any year."), field="place")
    load_schools(place)
    data_set = _data_set(place, scope, source, license_words)
    for year in sorted({rate.school_year for rate in rates}):
        rows = [rate for rate in rates if rate.school_year == year]
        sha256 = _sha256(rows)
        if Snapshot.objects.filter(data_set=data_set, school_year=year, sha256=sha256).exists():
            continue
        table = PublishedTable(
            question=graduation_question(place, year),
            period=str(year),
            source=source,
            table=tables[year],
            retrieved_on=retrieved_on,
            sha256=sha256,
            dimensions=["school", "group"],
            measures=[GRADUATION],
            cells=[PrintedCell(f"{row.ncessch}:{row.group}", row.n, row.printed) for row in rows],
        )
        _freeze(data_set, place, table, rows, year, by, now)
    return data_set


def _data_set(place: Place, scope: Scope, source: str, license_words: str) -> DataSet:
    found = DataSet.objects.filter(
        network_id=scope.network_id, owner_place=place, measure=GRADUATION, grain=Grain.PUBLIC
    ).first()
    if found:
        return found
    population = Population.objects.create(
        network_id=scope.network_id,
        scope=scope,
        whom=Whom.STUDENTS,
        title=f"Four-year graduation cohorts, {place.name}",
        owner_place=place,
    )
    return DataSet.objects.create(
        network_id=scope.network_id,
        scope=scope,
        population=population,
        title=f"Four-year graduation rates, {place.name}",
        grain=Grain.PUBLIC,
        measure=GRADUATION,
        source=source,
        license=license_words,
        owner_place=place,
    )


def _freeze(
    data_set: DataSet,
    place: Place,
    table: PublishedTable,
    rows: Sequence[SchoolRate],
    year: int,
    by: Person | None,
    now: datetime,
) -> Snapshot:
    """Keep one year as a snapshot whose figures never change, and supersede the one before."""
    release = publish_figures(data_set.population, table, by=by, now=now)
    Snapshot.objects.filter(data_set=data_set, school_year=year, state=SnapshotState.FROZEN).update(
        state=SnapshotState.SUPERSEDED
    )
    snapshot = Snapshot.objects.create(
        network_id=data_set.network_id,
        data_set=data_set,
        sha256=table.sha256,
        school_year=year,
        rows=len(rows),
        retrieved_on=table.retrieved_on,
        state=SnapshotState.FROZEN,
        cells=release.cells,
        frozen_at=now,
    )
    SnapshotPlace.objects.create(
        network_id=data_set.network_id, snapshot=snapshot, place=place, coverage=_coverage(rows)
    )
    trail.record(by, "froze", snapshot, now=now, scope=data_set.scope_id)
    return snapshot


def _coverage(rows: Iterable[SchoolRate]) -> dict[str, int]:
    entries = [Entry(f"{row.ncessch}:{row.group}", row.n, row.printed, "") for row in rows]
    everyone = figures_of(entries).get(ALL)
    if everyone is None:
        return {}
    total = everyone.total
    return {
        "schools": total.parts,
        "schools_counted": total.counted,
        "students": total.stated,
        "students_counted": total.n,
    }


def _sha256(rows: Sequence[SchoolRate]) -> str:
    text = json.dumps([asdict(row) for row in rows], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
