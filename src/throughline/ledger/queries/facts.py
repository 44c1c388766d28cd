"""What is known of people for rules of standing: from the ledger, from teams, and from above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from django.db.models import Count, Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.blueprint.amounts import Amount
from throughline.ledger import hooks
from throughline.ledger.enums import Unit
from throughline.ledger.models import Entitlement, Promise
from throughline.ledger.naming import told_label
from throughline.ledger.queries.balances import held_in
from throughline.ledger.rules import Sums, in_words, sums_of
from throughline.ledger.standing import Due, Holder, Known
from throughline.people.models import Person
from throughline.programs.models import Cohort
from throughline.teams.enums import JOINED_STATES
from throughline.teams.models import Team

SPOKEN: dict[str, str] = {
    Unit.MINUTES: "minute", Unit.HALF_DAYS: "half-day", Unit.SESSIONS: "session",
    Unit.WEEKS: "week", Unit.VISITS: "visit", Unit.SEATS: "place", Unit.ITEMS: "item",
}  # fmt: skip
"""Units of the ledger as conditions spell them."""

Facts = dict[int, dict[str, Known]]


def facts_of(person: Person, cohort: Cohort, holders: Sequence[Holder]) -> Facts:
    """Return what rules may ask of each holder, by person. Four queries, and those of the hooks."""
    found: Facts = {one.person_id: {} for one in holders}
    if not holders:
        return found
    _from_ledger(found, person, cohort, holders)
    _from_teams(found, holders)
    for ask in hooks.STANDING_FACTS:
        for key, facts in ask(cohort, holders).items():
            found[key].update(facts)
    return found


def _from_ledger(found: Facts, person: Person, cohort: Cohort, holders: Sequence[Holder]) -> None:
    held = list(held_in(person, cohort))
    sums = sums_of([one.pk for one in held])
    due = _due(cohort, holders)
    for holder in holders:
        for promise, total in _totals(holder, held, sums).items():
            facts = found[holder.person_id]
            called = told_label(cohort.version, promise)
            delivered = Amount("exactly", total.delivered, total.delivered, _unit(promise, cohort))
            said = _("%(amount)s of “%(promise)s” delivered.") % {
                "amount": in_words(total.delivered, promise.unit), "promise": called,
            }  # fmt: skip
            facts[f"delivered.{promise.key}"] = Known(delivered, said)
            facts[f"share.{promise.key}"] = _share(promise, total, called, holder, due)


def _totals(
    holder: Holder, held: Sequence[Entitlement], sums: Mapping[int, Sums]
) -> dict[Promise, Sums]:
    """Return what she, her district and the whole cohort have of each promise, periods together."""
    totals: dict[Promise, Sums] = defaultdict(Sums)
    for one in held:
        is_hers = one.holder_person_id == holder.person_id
        is_ours = one.holder_scope_id is not None and one.engagement_id in (
            None, holder.engagement_id,
        )  # fmt: skip
        if is_hers or is_ours:
            totals[one.promise] += sums.get(one.pk, Sums())
    return totals


def _due(cohort: Cohort, holders: Sequence[Holder]) -> dict[tuple[int, str], Due]:
    people = [one.person_id for one in holders]
    return {key: due for ask in hooks.DUE_SO_FAR for key, due in ask(cohort, people).items()}


def _share(
    promise: Promise,
    total: Sums,
    called: str,
    holder: Holder,
    due: Mapping[tuple[int, str], Due],
) -> Known:
    """Return the percent of what was due so far: held dates where there are any, else the promise."""
    if promise.is_on_request:
        said = _("No number was promised of “%(promise)s”, so there is no percent of it.")
        return Known(None, said % {"promise": called})
    tables = [due[holder.person_id, one] for one in promise.draws if (holder.person_id, one) in due]
    counted = {Unit.HALF_DAYS: "half_days", Unit.SESSIONS: "sessions"}.get(Unit(promise.unit))
    so_far = sum(getattr(one, counted) for one in tables) if counted and tables else None
    has_dates = counted is not None and _keeps_dates(promise)
    whole = (so_far or 0) if has_dates else total.granted
    if whole <= 0:
        said = _("Nothing of “%(promise)s” was held yet.") % {"promise": called}
        return Known(None, said)
    percent = Decimal(100 * total.delivered) / whole
    said = _("%(percent)s%% of “%(promise)s” so far: %(amount)s of %(whole)s.") % {
        "percent": _percent(percent), "promise": called,
        "amount": in_words(total.delivered, promise.unit), "whole": in_words(whole, promise.unit),
    }  # fmt: skip
    return Known(percent, said)


def _percent(percent: Decimal) -> str:
    """Return a percent that is never rounded up: 79.9 does not read as the 80 that a rule asks."""
    down = percent.quantize(Decimal("0.1"), ROUND_DOWN)
    return formats.number_format(down, 0 if down % 1 == 0 else 1)


def _keeps_dates(promise: Promise) -> bool:
    return any(one.startswith("convenings.series.") for one in promise.draws)


def _unit(promise: Promise, cohort: Cohort) -> str:
    entry = cohort.version.parsed["ledger"]["entitlements"].get(promise.key, {})
    own = str(entry.get("quantity", "")).rpartition(" ")[2].removesuffix("s")
    return own if own in {"meeting", "event"} else SPOKEN.get(promise.unit, "item")


def _from_teams(found: Facts, holders: Sequence[Holder]) -> None:
    joined = Count("memberships", filter=Q(memberships__state__in=JOINED_STATES))
    engagements = [one.engagement_id for one in holders if one.engagement_id is not None]
    teams = Team.objects.live().filter(engagement__in=engagements).annotate(joined=joined)
    sizes = {team.engagement_id: int(getattr(team, "joined", 0)) for team in teams}
    for holder in holders:
        if holder.engagement_id is None:
            continue
        size = sizes.get(holder.engagement_id, 0)
        said = ngettext("%(n)d person is in the team.", "%(n)d people are in the team.", size)
        found[holder.person_id]["team.size"] = Known(Decimal(size), said % {"n": size})
