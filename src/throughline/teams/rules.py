"""Who may edit a roster, and when a team may start."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.decision import YES, Decision, no
from throughline.people.enums import STAFF_ROLES, Role, Verb
from throughline.people.models import Person, PersonAlias, RoleAssignment
from throughline.people.rights import delegated
from throughline.programs.models import DistrictEngagement
from throughline.programs.rules import LEADS, leads
from throughline.programs.sections import section
from throughline.programs.words import Words, words_of
from throughline.teams.blueprint import Ring, TeamsSection
from throughline.teams.enums import LIVE_TEAM_STATES, SIZE_RULE, MemberState, TeamState
from throughline.teams.models import Team, TeamMembership


def ring_of(team: Team) -> Ring:
    """Return what the blueprint says about teams of this kind; a ring it does not name is open."""
    rings = teams_section(team.engagement).rings
    return rings.get(team.ring) or Ring()


def teams_section(engagement: DistrictEngagement) -> TeamsSection:
    """Return the part of the cohort's blueprint that is about teams."""
    return section(engagement.cohort.version, "teams", TeamsSection)


def words_for(engagement: DistrictEngagement) -> Words:
    """Return what the program of this district calls things."""
    return words_of(engagement.cohort.version)


def can_propose(by: Person | None, engagement: DistrictEngagement) -> Decision:
    """The district's leader, her assistant or staff propose its team."""
    if by is None or leads(by, engagement.scope_id):
        return YES
    if by.holds(engagement.scope_id, *STAFF_ROLES):
        return YES
    refusal = no(_("Only the leader of this district, an assistant or the host can name its team."))
    return delegated(by, engagement.scope_id, Verb.EDIT_ROSTER, refusal)


def can_edit_roster(by: Person | None, team: Team) -> Decision:
    """As for proposing, while the team lives; a lead of the team itself may too."""
    if team.state not in LIVE_TEAM_STATES:
        return no(_("This team has ended. Its roster stays as it was."))
    if by is not None and leads(by, team.scope_id):
        return YES
    return can_propose(by, team.engagement)


def can_answer(by: Person | None, membership: TeamMembership, now: datetime) -> Decision:
    """Each member answers for herself: whoever the invitation was addressed to."""
    if by is not None and not _is_addressed_to(membership, by):
        return no(_("Only the person who was invited can answer."))
    invitation = membership.invitations.filter(answered_at__isnull=True).first()
    if invitation is not None and invitation.expires_at <= now:
        return no(_("This invitation has lapsed. Ask the leader of the team to invite you again."))
    return YES


def can_leave(by: Person | None, membership: TeamMembership) -> Decision:
    """A member leaves by herself, or who edits the roster takes her off it."""
    if by is not None and membership.person_id in by.ids:
        return YES
    return can_edit_roster(by, membership.team)


def can_waive(by: Person | None, team: Team) -> Decision:
    """Directors set a rule aside, with their name on it."""
    if by is not None and by.holds(team.scope_id, Role.DIRECTOR):
        return YES
    return no(_("Only a director can waive a rule for a team."))


def can_activate(person: Person | None, team: Team) -> Decision:
    """A team starts when enough members said yes, or a director waived the rule."""
    if not (decision := can_edit_roster(person, team)):
        return decision
    if team.state == TeamState.PROPOSED:
        return no(_("This team can start once its district has a place in the cohort."))
    if team.state == TeamState.ACTIVE:
        return no(_("This team has already started."))
    sentence = size_sentence(team)
    waived = team.waivers.filter(rule=SIZE_RULE).exists()
    if sentence and not waived and ring_of(team).strength == "require":
        return no(sentence)
    return YES


def size_of(team: Team, *, named: bool = False) -> int:
    """Return how many members count: those who said yes, or with ``named`` everybody on the roster."""
    members = team.memberships.filter(counts_to_size=True)
    count = (members.live() if named else members.joined()).count()
    if ring_of(team).count_lead:
        live = RoleAssignment.objects.live().filter(
            role__in=LEADS, scope__in=[team.scope_id, team.engagement.scope_id]
        )
        in_team = team.memberships.live().filter(person__isnull=False).values("person")
        count += live.exclude(person__in=in_team).values("person").distinct().count()
    return count


def size_sentence(team: Team, *, named: bool = False) -> str:
    """Return what is wrong with the team's size, or an empty text."""
    ring = ring_of(team)
    return about_size(
        size_of(team, named=named),
        fewest=ring.min if isinstance(ring.min, int) else None,
        most=ring.max if isinstance(ring.max, int) else None,
        word=words_for(team.engagement).one(ring.word),
    )


def about_size(size: int, *, fewest: int | None, most: int | None, word: str) -> str:
    """Return "Your design team has 4 members; it needs 5 to 7.", or nothing when the size fits."""
    if (fewest is None or size >= fewest) and (most is None or size <= most):
        return ""
    has = ngettext("Your %(team)s has 1 member", "Your %(team)s has %(count)d members", size) % {
        "team": word,
        "count": size,
    }
    if fewest is not None and most is not None and fewest != most:
        needs = _("it needs %(fewest)d to %(most)d") % {"fewest": fewest, "most": most}
    elif fewest is not None and size < fewest:
        needs = _("it needs at least %(fewest)d") % {"fewest": fewest}
    else:
        needs = _("it can have at most %(most)d") % {"most": most}
    return f"{has}; {needs}."


def _is_addressed_to(membership: TeamMembership, person: Person) -> bool:
    if membership.person_id in person.ids:
        return True
    return (
        bool(membership.email)
        and membership.network_id == person.network_id
        and PersonAlias.objects.filter(
            person__in=person.ids,
            kind="email",
            value=membership.email,
            verified_at__isnull=False,
        ).exists()
    )


def is_open(membership: TeamMembership) -> bool:
    """Whether the invited person has not answered yet."""
    return membership.state == MemberState.INVITED
