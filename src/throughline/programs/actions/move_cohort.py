"""Steps in the life of a cohort."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.states import states_before
from throughline.people.models import Network, Person
from throughline.programs import hooks
from throughline.programs.enums import COHORT_MAY_BECOME, CohortState
from throughline.programs.models import Cohort
from throughline.programs.rules import can_staff
from throughline.programs.words import PARTS, kept_words, parts_of


@transaction.atomic
def publish_cohort(cohort: Cohort, *, by: Person | None, now: datetime) -> Cohort:
    """Make a planned cohort public, when nobody names something that is missing.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or a part of the program is not ready; all reasons are given.
    WrongState
        It is public already.
    """
    refusals = [found.reason for ask in hooks.MAY_PUBLISH if not (found := ask(cohort))]
    if refusals:
        raise NotAllowed(" ".join(refusals))
    published = move_cohort(cohort, CohortState.RECRUITING, by=by, now=now)
    keep_words(cohort)
    return published


def keep_words(cohort: Cohort) -> None:
    """Let menus of the network speak the words of this cohort and lead to its parts.

    Call inside an action. Parts of earlier programs stay: their people still have them.
    """
    take(cohort.network)
    network = Network.objects.get(pk=cohort.network_id)
    parts = parts_of(cohort.version) | _parts_before(network)
    settings = {
        **network.settings, "words": kept_words(cohort.version), "parts": sorted(parts),
    }  # fmt: skip
    Network.objects.filter(pk=network.pk).update(settings=settings)


def _parts_before(network: Network) -> set[str]:
    """Return the parts that programs had so far: all, where their words were kept and no parts."""
    unknown = PARTS if "words" in network.settings else frozenset[str]()
    return set(network.settings.get("parts", unknown))


@transaction.atomic
def move_cohort(cohort: Cohort, state: CohortState, *, by: Person | None, now: datetime) -> Cohort:
    """Take the cohort one step on: recruiting, running, closing, alumni.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    WrongState
        The step does not follow from where the cohort is.
    """
    if not (decision := can_staff(by, cohort)):
        raise NotAllowed(decision.reason)
    moved = Cohort.objects.filter(
        pk=cohort.pk, state__in=states_before(COHORT_MAY_BECOME, state)
    ).update(state=state)
    cohort.refresh_from_db(fields=["state"])
    if not moved:
        raise WrongState(
            _("This cohort cannot take that step: it is “%(state)s”.")
            % {"state": cohort.get_state_display()}
        )
    trail.record(by, state.value, cohort, now=now, fields=["state"])
    return cohort
