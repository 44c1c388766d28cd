"""Reads that serve the pages of teams."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.todo import ToDo
from throughline.people.models import Person, RoleAssignment
from throughline.programs.enums import SEATED_STATES
from throughline.programs.models import BlueprintVersion, Cohort, DistrictEngagement
from throughline.programs.rules import LEADS
from throughline.programs.sections import section
from throughline.programs.words import words_of
from throughline.teams import hooks
from throughline.teams.blueprint import Composition, TeamsSection
from throughline.teams.enums import (
    JOINED_STATES,
    LIVE_MEMBER_STATES,
    LIVE_TEAM_STATES,
    SIZE_RULE,
    MemberState,
    TeamState,
)
from throughline.teams.models import Team, TeamMembership
from throughline.teams.rules import ring_of, size_of, size_sentence, teams_section, words_for
from throughline.ui.navigation import NavItem


@dataclass(frozen=True, slots=True)
class Roster:
    """A team with its members, in the order of their positions, and what to know about it."""

    team: Team
    members: list[TeamMembership]
    former: list[TeamMembership]
    leads: list[Person]
    named: int
    joined: int
    advice: list[str]


def team_with_roster(person: Person, ref: str) -> Team | None:
    """Return a team that this person sees, with what its page shows. Four queries."""
    members = TeamMembership.objects.select_related("person", "replaces").order_by("position", "pk")
    return (
        Team.objects.visible_to(person)
        .filter(ref=ref)
        .select_related(
            "engagement__district", "engagement__cohort__version", "engagement__cohort__program",
            "engagement__cohort__scope",
        )
        .prefetch_related(Prefetch("memberships", members), "waivers__by")
        .first()
    )  # fmt: skip


def team_tabs(team: Team, current: str) -> list[NavItem]:
    """Return the pages about one team, of this app and of higher ones; ``current`` is marked."""
    own = NavItem(_("Roster"), reverse("teams:team", args=[team.ref]))
    items = [own, *(tab(team) for tab in hooks.TEAM_TABS)]
    return [replace(item, current=item.href == current) for item in items]


def roster(team: Team) -> Roster:
    """Return the roster of a team that ``team_with_roster`` fetched. A fixed number of queries."""
    everyone = list(team.memberships.all())
    leading = (
        RoleAssignment.objects.live()
        .filter(scope=team.engagement.scope_id, role__in=LEADS)
        .select_related("person")
        .order_by("pk")
    )
    return Roster(
        team=team,
        members=[one for one in everyone if one.state in LIVE_MEMBER_STATES],
        former=[one for one in everyone if one.state not in LIVE_MEMBER_STATES],
        leads=list({one.person_id: one.person for one in leading}.values()),
        named=size_of(team, named=True),
        joined=size_of(team),
        advice=advice(team),
    )


def advice(team: Team) -> list[str]:
    """Return sentences about size and composition that are worth knowing; none of them blocks."""
    members = [one for one in team.memberships.all() if one.state in LIVE_MEMBER_STATES]
    said: list[str] = []
    has_started = team.state == TeamState.ACTIVE
    waived = any(waiver.rule == SIZE_RULE for waiver in team.waivers.all())
    if not waived and (sentence := size_sentence(team, named=not has_started)):
        said.append(sentence)
    word = words_for(team.engagement).one(ring_of(team).word)
    missing = [
        rule
        for rule in teams_section(team.engagement).composition
        if rule.ring == team.ring and _counted(rule, members) < rule.at_least
    ]
    said += [
        _("Your %(team)s should include %(what)s") % {"team": word, "what": rule.say}
        for rule in missing
    ]
    return said


def _counted(rule: Composition, members: list[TeamMembership]) -> int:
    if rule.title is not None:
        return sum(one.is_cabinet for one in members)
    return sum(rule.role in (one.kind, one.role_key) for one in members)


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:
    """Return what this person owes teams: answers, and the roster of a district that she leads."""
    return [*_answers_owed(person, now), *_rosters_owed(person)]


def _answers_owed(person: Person, now: datetime) -> list[ToDo]:
    asked = (
        TeamMembership.objects.addressed_to(person)
        .filter(
            state=MemberState.INVITED,
            invitations__answered_at__isnull=True,
            invitations__expires_at__gt=now,
        )
        .select_related("team__engagement__district", "team__engagement__cohort__version")
        .prefetch_related("invitations")
    )
    return [
        ToDo(
            title=_("Answer the invitation to the %(team)s")
            % {"team": words_for(one.team.engagement).one("team")},
            minutes=2,
            due_on=max(invitation.expires_at for invitation in one.invitations.all()).date(),
            href=reverse("teams:answer", args=[one.ref]),
            about=one.team.engagement.district.name,
            weight=3,
        )
        for one in asked
    ]


def _rosters_owed(person: Person) -> list[ToDo]:
    led = [scope for role, scope in person.live_roles if role in LEADS]
    if not led:
        return []
    districts = (
        DistrictEngagement.objects.visible_to(person)
        .filter(scope__in=led, state__in=SEATED_STATES)
        .select_related("district", "cohort__version")
        .prefetch_related(
            Prefetch(
                "teams",
                Team.objects.filter(state__in=LIVE_TEAM_STATES).prefetch_related("memberships"),
            )
        )
    )
    found = (
        _roster_owed(district, team)
        for district in districts
        for team in district.teams.all()
        if team.state != TeamState.ACTIVE
    )
    return [item for item in found if item is not None]


def _roster_owed(district: DistrictEngagement, team: Team) -> ToDo | None:
    """Return the next step of a team that has not started: name, invite or start; else nothing."""
    ring = teams_section(district).rings.get(team.ring)
    fewest = ring.min if ring is not None and isinstance(ring.min, int) else 1
    word = words_for(district).one("team")
    states = Counter(one.state for one in team.memberships.all())
    live = sum(states[state] for state in LIVE_MEMBER_STATES)
    missing = fewest - live
    if missing > 0:
        title = ngettext(
            "Name %(count)d more member of your %(team)s",
            "Name %(count)d more members of your %(team)s",
            missing,
        ) % {"count": missing, "team": word}
        minutes = 2 * missing
    elif states[MemberState.NAMED]:
        title = ngettext(
            "Invite %(count)d member of your %(team)s",
            "Invite %(count)d members of your %(team)s",
            states[MemberState.NAMED],
        ) % {"count": states[MemberState.NAMED], "team": word}
        minutes = 2
    elif sum(states[state] for state in JOINED_STATES) >= fewest:
        title, minutes = _("Start your %(team)s") % {"team": word}, 1
    else:
        return None
    return ToDo(
        title=title,
        minutes=minutes,
        due_on=None,
        href=reverse("teams:team", args=[team.ref]),
        about=district.district.name,
        weight=2,
    )


def for_whom(cohort: Cohort, version: BlueprintVersion) -> list[str]:
    """Say which teams a later version's sizes would no longer fit. Two queries."""
    rings = section(version, "teams", TeamsSection).rings
    words = words_of(version)
    sizes: dict[str, list[int]] = {key: [] for key in rings}
    live = Team.objects.filter(
        engagement__cohort=cohort, state__in=LIVE_TEAM_STATES, ring__in=rings
    ).annotate(
        size=Count(
            "memberships",
            filter=Q(memberships__state__in=LIVE_MEMBER_STATES, memberships__counts_to_size=True),
        )
    )
    for ring, size in live.values_list("ring", "size"):
        sizes[ring].append(size)
    found = []
    for key, one in rings.items():
        word = words.other(one.word)
        above = [size for size in sizes[key] if isinstance(one.max, int) and size > one.max]
        below = [size for size in sizes[key] if isinstance(one.min, int) and size < one.min]
        if above:
            found.append(
                _("%(count)d %(teams)s are above the new most of %(most)s; they stay as they are.")
                % {"count": len(above), "teams": word, "most": one.max}
            )
        if below:
            found.append(
                _(
                    "%(count)d %(teams)s are below the new least of %(least)s; they stay as they are."
                )
                % {"count": len(below), "teams": word, "least": one.min}
            )
    return found
