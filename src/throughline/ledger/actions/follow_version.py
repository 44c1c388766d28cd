"""Let a cohort's promises follow the version it goes on under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.audit import trail
from throughline.ledger.actions.book import book
from throughline.ledger.actions.make_promises import lines_of, make_promises
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entitlement, Promise
from throughline.ledger.rules import Sums, in_words, sums_of
from throughline.people.models import Person
from throughline.programs.models import BlueprintVersion, Cohort

FOLLOWED = ("label", "overrun", "carry", "alert_at")
"""What a promise takes from the version its cohort goes on under; its periods are granted."""


@transaction.atomic
def follow_version(cohort: Cohort, by: Person | None, now: datetime) -> None:
    """Add new promises, use today's words, grant what grew (hears ``COHORT_REPLANNED``).

    A promise that shrank holds for those who join from now on; nobody loses what was granted. Again
    changes nothing.
    """
    make_promises(cohort, by, now)
    lines = lines_of(cohort.version)
    for promise in Promise.objects.filter(cohort=cohort).select_related("cohort"):
        line = lines.get(promise.key)
        fields = {} if line is None else {name: line[name] for name in FOLLOWED}
        if line is not None and line["unit"] == promise.unit:
            fields["quantity"] = line["quantity"]
        fields["expires_on"] = cohort.ends_on
        changed = [name for name, value in fields.items() if getattr(promise, name) != value]
        if not changed:
            continue
        before = promise.quantity
        Promise.objects.filter(pk=promise.pk).update(**fields)
        trail.record(by, "changed", promise, now=now, scope=cohort.scope_id, fields=changed)
        promise.refresh_from_db()
        if before is not None and promise.quantity is not None and promise.quantity > before:
            _grant(promise, promise.quantity, by=by, now=now)


def for_whom(cohort: Cohort, version: BlueprintVersion) -> Sequence[str]:
    """Say what each holder gets more, and what only newcomers get less of."""
    lines = lines_of(version)
    found = []
    for promise in Promise.objects.filter(cohort=cohort, key__in=lines):
        after = lines[promise.key]["quantity"]
        if promise.quantity is None or after is None or after == promise.quantity:
            continue
        holders = Entitlement.objects.filter(promise=promise).count()
        if after > promise.quantity:
            sentence = ngettext(
                "%(label)s: %(count)d holder gets %(more)s more.",
                "%(label)s: %(count)d holders get %(more)s more each.",
                holders,
            )
            more = in_words(after - promise.quantity, promise.unit)
            found.append(sentence % {"label": promise.label, "count": holders, "more": more})
        else:
            sentence = _("%(label)s: less for those who join from now on; %(count)d keep theirs.")
            found.append(sentence % {"label": promise.label, "count": holders})
    return found


def _grant(promise: Promise, quantity: int, *, by: Person | None, now: datetime) -> None:
    """Grant each holder what she lacks: who kept more from an earlier version gets nothing twice."""
    version = promise.cohort.version
    entitlements = list(Entitlement.objects.filter(promise=promise).select_related("promise"))
    sums = sums_of([one.pk for one in entitlements])
    for entitlement in entitlements:
        more = quantity - sums.get(entitlement.pk, Sums()).granted
        if more <= 0:
            continue
        book(
            entitlement,
            kind=EntryKind.GRANTED,
            quantity=more,
            happened_on=now.date(),
            source=f"ledger.entitlement:{entitlement.pk}@{version.number}",
            by=by,
            now=now,
        )
