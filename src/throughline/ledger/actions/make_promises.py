"""Turn a blueprint's promises into rows of a cohort."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from throughline.audit import trail
from throughline.core.blueprint.amounts import Amount
from throughline.ledger.actions.open_entitlement import open_entitlement
from throughline.ledger.blueprint import EntitlementSection, LedgerSection
from throughline.ledger.enums import Per, Unit
from throughline.ledger.models import Promise
from throughline.ledger.naming import covered_key, label_of
from throughline.people.blueprint import PeopleSection
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.models import BlueprintVersion, Cohort
from throughline.programs.sections import section

UNITS = {
    "minute": Unit.MINUTES,
    "half-day": Unit.HALF_DAYS,
    "session": Unit.SESSIONS,
    "meeting": Unit.SESSIONS,
    "event": Unit.SESSIONS,
    "visit": Unit.VISITS,
    "week": Unit.WEEKS,
    "place": Unit.SEATS,
}
"""Units of the blueprint in units of the ledger; what is not here counts items."""

ON_REQUEST_UNITS = {
    "coaching": Unit.MINUTES,
    "service": Unit.MINUTES,
    "convening": Unit.HALF_DAYS,
    "session": Unit.SESSIONS,
    "meeting": Unit.SESSIONS,
    "event": Unit.SESSIONS,
    "week": Unit.WEEKS,
}
"""What deliveries of a promise without a number are counted in."""


@transaction.atomic
def make_promises(cohort: Cohort, by: Person | None, now: datetime) -> None:
    """Make each promise of the cohort's blueprint once (hears ``programs.COHORT_OPENED``)."""
    version = cohort.version
    people = section(version, "people", PeopleSection)
    for key, fields in lines_of(version).items():
        source = version.parsed["ledger"]["entitlements"][key].get("source", "")
        _make(cohort, key, {**fields, "source_clause": source[:500]}, by=by, now=now)
    for role_key, role in people.roles.items():
        for kind in role.covered:
            fields = {
                "label": label_of(version, covered_key(role_key, kind)),
                "kind": "cost",
                "unit": Unit.ITEMS,
                "per": Per.PERSON,
                "role": _role(role_key, people),
            }
            _make(cohort, covered_key(role_key, kind), fields, by=by, now=now)


def lines_of(version: BlueprintVersion) -> dict[str, dict[str, Any]]:
    """Return what each promise of a version is in the ledger, by key; covered costs aside."""
    people = section(version, "people", PeopleSection)
    return {
        key: {"label": label_of(version, key), **_fields(line, people)}
        for key, line in section(version, "ledger", LedgerSection).entitlements.items()
    }


def _make(
    cohort: Cohort, key: str, fields: Mapping[str, Any], *, by: Person | None, now: datetime
) -> None:
    promise, is_new = Promise.objects.get_or_create(
        cohort=cohort,
        key=key,
        defaults={"network_id": cohort.network_id, "expires_on": cohort.ends_on, **fields},
    )
    if is_new:
        trail.record(by, "promised", promise, now=now, scope=cohort.scope_id)
    if promise.per == Per.COHORT:
        open_entitlement(promise, scope=cohort.scope, engagement=None, by=by, now=now)


def _fields(line: EntitlementSection, people: PeopleSection) -> dict[str, Any]:
    amount = line.quantity
    quantity = amount.high if isinstance(amount, Amount) and amount.unit else None
    unit = (
        UNITS.get(amount.unit, Unit.ITEMS) if isinstance(amount, Amount) and amount.unit else None
    )
    per = {"district": Per.ENGAGEMENT, "team": Per.TEAM, "cohort": Per.COHORT}.get(line.per)
    return {
        "kind": line.kind,
        "unit": unit or ON_REQUEST_UNITS.get(line.kind, Unit.ITEMS),
        "quantity": quantity,
        "per": per or Per.PERSON,
        "role": "" if per else _role(line.per, people),
        "is_cap": isinstance(amount, Amount) and amount.meaning == "up to",
        "period": line.period,
        "draws": list(line.of),
        "carry": str(line.carry_over),
        "overrun": line.overrun,
        "alert_at": list(line.alerts),
    }


def _role(key: str, people: PeopleSection) -> str:
    """Return the role in code behind a blueprint's role: participants are fellows."""
    role = people.roles.get(key)
    if key == "participant" or (role is not None and role.kind == "participant"):
        return Role.FELLOW
    return key
