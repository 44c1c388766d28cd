"""Who may plan, answer, mark and promise."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no, yes_for
from throughline.meetings.enums import OccasionKind
from throughline.meetings.models import Commitment, Occasion
from throughline.meetings.models.occasion import scopes_of_led_teams
from throughline.people.enums import STAFF_ROLES, Verb
from throughline.people.models import Person, Scope
from throughline.people.rights import delegated
from throughline.programs.rules import leads
from throughline.teams.enums import TeamState
from throughline.teams.models import Team


def can_plan(by: Person | None, scope: Scope) -> Decision:
    """Whoever holds a role in the scope plans time there, and so does staff above it."""
    if by is None or by.holds(scope, *STAFF_ROLES) or _is_in(by, scope):
        return YES
    return no(_("Only people of this group or the host's staff can plan here."))


def can_plan_meetings(by: Person | None, team: Team) -> Decision:
    """Who leads a team or its district, whom she lets keep the roster, and staff plan its meetings."""
    if team.state not in {TeamState.FORMING, TeamState.ACTIVE}:
        return no(_("This team does not meet: it has not started, or has ended."))
    if by is None or leads(by, team.scope_id) or leads(by, team.engagement.scope_id):
        return YES
    if by.holds(team.scope_id, *STAFF_ROLES):
        return YES
    refusal = no(
        _(
            "Only who leads this team, an assistant who keeps its roster, or the host's staff can plan."
        )
    )
    return delegated(by, team.scope_id, Verb.EDIT_ROSTER, refusal)


def can_change(by: Person | None, occasion: Occasion) -> Decision:
    """Move, skip, cancel or close: a team's meetings by who plans them, all else as planned."""
    if occasion.kind == OccasionKind.TEAM_MEETING and (team := team_of(occasion)) is not None:
        return can_plan_meetings(by, team)
    return can_plan(by, occasion.scope)


def can_take_part(by: Person | None, occasion: Occasion) -> Decision:
    """Whoever is of the team, or leads its district, fills the page of its meeting."""
    if by is None or _is_in(by, occasion.scope) or _leads_team(by, occasion.scope):
        return YES
    return no(_("Only people of this team can write here."))


def team_of(occasion: Occasion) -> Team | None:
    """Return the team that meets, if it is one."""
    return (
        Team.objects.filter(scope=occasion.scope_id)
        .select_related("engagement__cohort__version", "engagement__district")
        .first()
    )


def can_reply(by: Person | None, occasion: Occasion, person: Person) -> Decision:
    """A person answers for herself; staff and the assistant whom she named answer for her."""
    if by is None or by.is_in([person.pk]) or by.holds(occasion.scope, *STAFF_ROLES):
        return YES
    if answers_for(by, person, occasion.scope):
        return yes_for(person)
    return no(_("Only the person who is invited, or somebody she named, can answer."))


def answers_for(by: Person, principal: Person, scope: Scope) -> bool:
    """Whether ``principal`` let ``by`` answer invitations, and the scope is open to both."""
    if not any(
        grant.principal_id in principal.ids and Verb.REPLY in grant.may
        for grant in by.live_delegations
    ):
        return False
    closed = [by.excluded_scopes(), principal.excluded_scopes()]
    return not any(paths.filter(descendant=scope).exists() for paths in closed)


def can_mark(by: Person | None, occasion: Occasion) -> Decision:
    """Whoever may plan there marks who came; who came to a team's meeting, who plans those."""
    if occasion.kind == OccasionKind.TEAM_MEETING and (team := team_of(occasion)) is not None:
        return can_plan_meetings(by, team)
    if by is None or by.holds(occasion.scope, *STAFF_ROLES) or _is_in(by, occasion.scope):
        return YES
    return no(_("Only the host's staff or the people who lead this can mark who came."))


def can_commit(by: Person | None, scope: Scope, occasion: Occasion | None) -> Decision:
    """Whoever is in the scope, was invited to the occasion or is on the staff writes it down."""
    if can_plan(by, scope) or (by is not None and _leads_team(by, scope)):
        return YES
    if by is not None and occasion is not None:
        invited = occasion.invitations.filter(person__in=by.ids).exists()
        if invited and not by.excluded_scopes().filter(descendant=scope).exists():
            return YES
    return no(_("Only people who are part of this can promise something here."))


def can_close(by: Person | None, commitment: Commitment) -> Decision:
    """Its owner closes a commitment, and so do people of its scope, who leads them, and staff."""
    if by is None or by.is_in([commitment.owner_id]) or can_plan(by, commitment.scope):
        return YES
    if _leads_team(by, commitment.scope):
        return YES
    return no(_("Only the person who promised it, or somebody of her group, can close this."))


def _is_in(person: Person, scope: Scope) -> bool:
    return person.joined_scopes().filter(pk=scope.pk).exists()


def _leads_team(person: Person, scope: Scope) -> bool:
    """Whether the scope is of a team whose district she leads, and is open to her."""
    led = scopes_of_led_teams(person).exclude(pk__in=person.excluded_scopes())
    return led.filter(pk=scope.pk).exists()
