"""Closed lists of programs, and the lives of a cohort and an engagement."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """The life of a blueprint's version."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class HostPart(models.TextChoices):
    """What an organization is to a program."""

    LEAD = "lead", _("Host")
    CO_HOST = "co_host", _("Co-host")
    FISCAL = "fiscal", _("Fiscal sponsor")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Funder")


class CohortState(models.TextChoices):
    """The life of a cohort."""

    PLANNED = "planned", _("Planned")
    RECRUITING = "recruiting", _("Recruiting")
    RUNNING = "running", _("Running")
    CLOSING = "closing", _("Closing")
    ALUMNI = "alumni", _("Alumni")


COHORT_MAY_BECOME = {
    CohortState.PLANNED: frozenset({CohortState.RECRUITING}),
    CohortState.RECRUITING: frozenset({CohortState.RUNNING}),
    CohortState.RUNNING: frozenset({CohortState.CLOSING}),
    CohortState.CLOSING: frozenset({CohortState.ALUMNI}),
    CohortState.ALUMNI: frozenset(),
}
"""The whole life of a cohort, one way."""

PUBLIC_COHORT_STATES = frozenset(set(CohortState) - {CohortState.PLANNED})
"""A cohort that recruits, runs or ran is no secret; a planned one is."""


class EngagementState(models.TextChoices):
    """The life of a district in a cohort."""

    APPLYING = "applying", _("Applying")
    OFFERED = "offered", _("Offered a place")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ENGAGEMENT_MAY_BECOME = {
    EngagementState.APPLYING: frozenset(
        {EngagementState.OFFERED, EngagementState.DECLINED, EngagementState.WITHDRAWN}
    ),
    EngagementState.OFFERED: frozenset(
        {EngagementState.ACTIVE, EngagementState.DECLINED, EngagementState.WITHDRAWN}
    ),
    EngagementState.ACTIVE: frozenset(
        {EngagementState.PAUSED, EngagementState.COMPLETED, EngagementState.WITHDRAWN}
    ),
    EngagementState.PAUSED: frozenset({EngagementState.ACTIVE, EngagementState.WITHDRAWN}),
    EngagementState.COMPLETED: frozenset(),
    EngagementState.DECLINED: frozenset(),
    EngagementState.WITHDRAWN: frozenset(),
}
"""The whole life of an engagement. It exists from the first line of an application on."""

LIVE_ENGAGEMENT_STATES = frozenset(
    {
        EngagementState.APPLYING,
        EngagementState.OFFERED,
        EngagementState.ACTIVE,
        EngagementState.PAUSED,
    }
)
SEATED_STATES = frozenset({EngagementState.ACTIVE, EngagementState.PAUSED})


class ItemKind(models.TextChoices):
    """What a date of the calendar is."""

    DAY = "day", _("Day")
    DEADLINE = "deadline", _("Deadline")
    SERIES = "series", _("Event")
    PERIOD = "period", _("Period")


class HolderKind(models.TextChoices):
    """Who does a thing of the onboarding list."""

    PERSON = "person", _("Each person")
    ENGAGEMENT = "engagement", _("Each district")
