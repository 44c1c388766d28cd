"""How far a text carries. Each tier contains the one before."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.TextChoices):
    """Who reads a text, chosen by its author before it is saved."""

    MINE = "mine", _("Only me")
    PAIR = "pair", _("Me and one person")
    TEAM = "team", _("My team")
    HOST = "host", _("My team and the host's staff")
    COHORT = "cohort", _("Everyone in the cohort")
    NETWORK = "network", _("Everyone in the network")
    PUBLIC = "public", _("Everyone")


SEALED = frozenset({Tier.MINE, Tier.PAIR})
"""Tiers whose texts are encrypted at rest."""

_ORDER = list(Tier)

MAY_WIDEN: dict[Tier, frozenset[Tier]] = {
    tier: frozenset(_ORDER[place + 1 :]) for place, tier in enumerate(_ORDER)
}
"""What an author may later choose instead. Nobody narrows: a text is withdrawn, not hidden."""
