"""Closed lists and lives of releases."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Whom(models.TextChoices):
    """Whom figures are about."""

    STUDENTS = "students", _("Students")
    FAMILIES = "families", _("Families")
    RESPONDENTS = "respondents", _("Respondents")
    APPLICANTS = "applicants", _("Applicants")
    MEMBERS = "members", _("Members")


class Kind(models.TextChoices):
    """Where figures come from: counted here, or published by somebody else."""

    COUNTED = "counted", _("Counted here")
    PUBLISHED = "published", _("Published elsewhere")


class Audience(models.TextChoices):
    """Who a book of releases is for, narrowest first."""

    DISTRICT = "district", _("The district's own staff")
    TEAM = "team", _("The team")
    HOST = "host", _("The host's staff")
    FUNDER = "funder", _("Funders")
    COHORT = "cohort", _("The cohort")
    NETWORK = "network", _("The network")
    PUBLIC = "public", _("Everyone")


class PlanState(models.TextChoices):
    """The life of a plan."""

    DRAFTED = "drafted", _("Drafted")
    RUNNING = "running", _("Running")
    DECIDED = "decided", _("Decided")
    REFUSED = "refused", _("Refused")


PLAN_MAY_BECOME: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFTED: frozenset({PlanState.RUNNING, PlanState.REFUSED}),
    PlanState.RUNNING: frozenset({PlanState.DECIDED, PlanState.REFUSED}),
    PlanState.DECIDED: frozenset(),
    PlanState.REFUSED: frozenset(),
}
"""A plan of published figures is decided when it is made: there is nothing to suppress."""


class ReleaseState(models.TextChoices):
    """The life of a release."""

    RELEASED = "released", _("Released")
    REFUSED = "refused", _("Refused")
    RECALLED = "recalled", _("Recalled")


RELEASE_MAY_BECOME: dict[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.RELEASED: frozenset({ReleaseState.RECALLED}),
    ReleaseState.REFUSED: frozenset(),
    ReleaseState.RECALLED: frozenset(),
}
"""A release is decided once. A recalled one keeps its entries, and nothing shows them."""


class Shown(models.TextChoices):
    """What an entry shows."""

    VALUE = "value", _("A value")
    BAND = "band", _("A range")
    HIDDEN = "hidden", _("Hidden to protect privacy")


class Reason(models.TextChoices):
    """Why an entry is as it is. For the analyst of the population alone: it is a disclosure."""

    NONE = "", _("Nothing was hidden")
    SMALL = "small", _("Too few people")
    COMPLEMENTARY = "complementary", _("Would give another away")
    PUBLISHED_SO = "published_so", _("Published so")


LEAST = 5
"""No population may be shown in groups of fewer people than this."""

DEFAULT_THRESHOLD, HIGHEST_THRESHOLD = 10, 30

POLICY_AS_PRINTED = "as-printed"
"""The policy of published figures: shown as the source printed them."""
