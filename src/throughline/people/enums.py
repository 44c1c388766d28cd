"""Closed lists of people: kinds of scope and place, roles, delegable verbs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ScopeKind(models.TextChoices):
    """Where a role can be held and a text can live."""

    NETWORK = "network", _("Network")
    PROGRAM = "program", _("Program")
    COHORT = "cohort", _("Cohort")
    ENGAGEMENT = "engagement", _("District")
    TEAM = "team", _("Team")
    GROUP = "group", _("Group")


class PlaceKind(models.TextChoices):
    """What sort of place."""

    COUNTRY = "country", _("Country")
    STATE = "state", _("State")
    DISTRICT = "district", _("District")
    SCHOOL = "school", _("School")


class OrganizationKind(models.TextChoices):
    """What an organization is to a network."""

    HOST = "host", _("Host")
    DISTRICT_OFFICE = "district_office", _("District office")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Funder")
    VENDOR = "vendor", _("Vendor")


class Role(models.TextChoices):
    """Roles in code. A blueprint gives them names, never permissions."""

    DIRECTOR = "director", _("Director")
    COORDINATOR = "coordinator", _("Coordinator")
    FINANCE = "finance", _("Finance")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("Safeguarding lead")
    ANALYST = "analyst", _("Analyst")
    RESEARCHER = "researcher", _("Researcher")
    REVIEWER = "reviewer", _("Reviewer")
    COMMITTEE = "committee", _("Selection committee")
    FACILITATOR = "facilitator", _("Facilitator")
    FACULTY = "faculty", _("Faculty")
    PARTNER = "partner", _("Partner")
    EXPERT = "expert", _("Expert")
    COACH = "coach", _("Coach")
    MENTOR = "mentor", _("Mentor")
    APPLICANT = "applicant", _("Applicant")
    FELLOW = "fellow", _("Fellow")
    TEAM_LEAD = "team_lead", _("Team lead")
    MEMBER = "member", _("Team member")
    DISTRICT_ANALYST = "district_analyst", _("District data analyst")
    LEARNER = "learner", _("Learner")
    GUEST = "guest", _("Guest")
    STUDENT = "student", _("Student leader")
    FAMILY = "family", _("Family member")
    ASSISTANT = "assistant", _("Assistant")
    FUNDER = "funder", _("Funder")
    ALUMNI = "alumni", _("Alumni")


STAFF_ROLES = frozenset({Role.DIRECTOR, Role.COORDINATOR})
"""Roles that administer everything below their scope and read texts at ``host`` and wider."""

OUTSIDE_ROLES = frozenset({Role.REVIEWER, Role.COMMITTEE, Role.FUNDER})
"""Roles that judge a scope or pay for it. They are not in it: they see what is handed to them."""

NOT_JOINED_ROLES = OUTSIDE_ROLES | {
    Role.APPLICANT, Role.ANALYST, Role.RESEARCHER, Role.FINANCE, Role.SAFEGUARDING_LEAD
}  # fmt: skip
"""Roles that make nobody a member: who applies is not one yet; the others have a task there."""

NEEDS_SECOND_FACTOR = frozenset(
    {
        Role.DIRECTOR, Role.COORDINATOR, Role.FINANCE, Role.SAFEGUARDING_LEAD, Role.ANALYST,
        Role.COACH, Role.MENTOR,
    }
)  # fmt: skip
"""Roles that see confidential or minors' data: a code by mail alone is not enough for them."""

HOST_KINDS = frozenset({ScopeKind.NETWORK, ScopeKind.PROGRAM, ScopeKind.COHORT})
_BELOW_COHORT = frozenset({ScopeKind.COHORT, ScopeKind.ENGAGEMENT, ScopeKind.TEAM, ScopeKind.GROUP})

MAY_BE_HELD_AT: dict[Role, frozenset[ScopeKind]] = {
    Role.DIRECTOR: HOST_KINDS,
    Role.COORDINATOR: HOST_KINDS,
    Role.FINANCE: frozenset({ScopeKind.NETWORK, ScopeKind.PROGRAM}),
    Role.SAFEGUARDING_LEAD: HOST_KINDS,
    Role.ANALYST: frozenset({ScopeKind.PROGRAM, ScopeKind.COHORT}),
    Role.RESEARCHER: frozenset({ScopeKind.PROGRAM, ScopeKind.COHORT}),
    Role.REVIEWER: frozenset({ScopeKind.COHORT}),
    Role.COMMITTEE: frozenset({ScopeKind.COHORT}),
    **dict.fromkeys(
        (Role.FACILITATOR, Role.FACULTY, Role.PARTNER, Role.EXPERT, Role.COACH, Role.MENTOR),
        _BELOW_COHORT,
    ),
    **dict.fromkeys(
        (Role.FELLOW, Role.TEAM_LEAD, Role.MEMBER, Role.DISTRICT_ANALYST),
        frozenset({ScopeKind.COHORT, ScopeKind.ENGAGEMENT, ScopeKind.TEAM}),
    ),
    **dict.fromkeys(
        (Role.LEARNER, Role.GUEST, Role.STUDENT, Role.FAMILY),
        frozenset({ScopeKind.COHORT, ScopeKind.ENGAGEMENT, ScopeKind.TEAM, ScopeKind.GROUP}),
    ),
    Role.APPLICANT: frozenset({ScopeKind.ENGAGEMENT, ScopeKind.GROUP}),
    Role.ASSISTANT: frozenset(),
    Role.FUNDER: frozenset({ScopeKind.PROGRAM, ScopeKind.COHORT}),
    Role.ALUMNI: frozenset({ScopeKind.COHORT}),
}
"""At which kinds of scope a role makes sense. An assistant has a delegation, never a role."""

ENDED_WITH_REASON_MAX = 200

PARTICIPANT_ROLES = frozenset(
    {Role.FELLOW, Role.TEAM_LEAD, Role.MEMBER, Role.DISTRICT_ANALYST, Role.LEARNER, Role.STUDENT}
)


class Verb(models.TextChoices):
    """What a principal may hand to an assistant. Nothing else can be delegated."""

    EDIT_APPLICATION = "edit_application", _("Fill in the application")
    EDIT_ROSTER = "edit_roster", _("Name and invite team members")
    REPLY = "reply", _("Answer invitations")
    BOOK = "book", _("Register for events and book travel")
    PREPARE_TEXTS = "prepare_texts", _("Prepare texts for signature")


class Ground(models.TextChoices):
    """Why a scope is closed to a person, whatever her roles."""

    CONFLICT = "conflict", _("Conflict of interest")
    BLIND = "blind", _("Blind review")


class RequestState(models.TextChoices):
    """The life of a request about one's own data."""

    OPEN = "open", pgettext_lazy("state", "Open")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


REQUEST_MAY_BECOME = {
    RequestState.OPEN: frozenset({RequestState.DONE, RequestState.REFUSED, RequestState.WITHDRAWN}),
    RequestState.DONE: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}
"""The whole life of a request. Whoever asks again makes a new one."""
