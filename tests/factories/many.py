"""Hundreds of rows at once, written past the actions: for tests that count queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from tests.factories.people import EARLY, NOW, make_state
from throughline.admissions.models import (
    Application,
    Call,
    Decision,
    ExceptionCase,
    Review,
    ReviewAssignment,
    Reviewer,
    SelectionRun,
)
from throughline.ledger.actions.make_promises import make_promises
from throughline.ledger.models import Entitlement, Entry, Promise
from throughline.people.enums import OrganizationKind, PlaceKind, Role, ScopeKind
from throughline.people.models import Organization, Person, Place, RoleAssignment, Scope, ScopePath
from throughline.programs.models import Cohort, DistrictEngagement
from throughline.teams.models import Team

_numbers = count(8_000_000)


def many_districts(
    cohort: Cohort, number: int, *, state: str = "active"
) -> list[DistrictEngagement]:
    """Districts in a cohort, each with a leader and a design team."""
    network, codes = cohort.network, [f"{next(_numbers):07d}" for _place in range(number)]
    georgia = make_state()
    places = Place.objects.bulk_create(
        Place(
            kind=PlaceKind.DISTRICT, code=code, name=f"District {code}", parent=georgia,
            jurisdiction="GA",
        )
        for code in codes
    )  # fmt: skip
    offices = Organization.objects.bulk_create(
        Organization(
            network=network, kind=OrganizationKind.DISTRICT_OFFICE, name=place.name, place=place
        )
        for place in places
    )
    engagements = DistrictEngagement.objects.bulk_create(
        DistrictEngagement(
            network=network, scope=scope, cohort=cohort, district=office, state=state,
            began_on=cohort.starts_on,
        )
        for scope, office in zip(
            _scopes([cohort.scope] * number, ScopeKind.ENGAGEMENT), offices, strict=True
        )
    )  # fmt: skip
    _leaders(engagements)
    _teams(engagements)
    return engagements


def _scopes(parents: list[Scope], kind: ScopeKind) -> list[Scope]:
    """Return a new scope below each of these."""
    made = Scope.objects.bulk_create(
        Scope(network_id=parent.network_id, kind=kind, parent=parent, label="Bare")
        for parent in parents
    )
    above: dict[int, list[ScopePath]] = {}
    for path in ScopePath.objects.filter(descendant__in={parent.pk for parent in parents}):
        above.setdefault(path.descendant_id, []).append(path)
    ScopePath.objects.bulk_create(_paths(made, above))
    return made


def _paths(made: list[Scope], above: dict[int, list[ScopePath]]) -> Iterator[ScopePath]:
    for scope in made:
        yield ScopePath(ancestor=scope, descendant=scope, depth=0)
        for path in above[scope.parent_id or 0]:
            yield ScopePath(ancestor_id=path.ancestor_id, descendant=scope, depth=path.depth + 1)


def _leaders(engagements: list[DistrictEngagement]) -> None:
    people = Person.objects.bulk_create(
        Person(network_id=one.network_id, full_name=f"Lead {next(_numbers)}") for one in engagements
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            network_id=one.network_id, person=person, role=Role.FELLOW, scope=one.scope,
            from_on=EARLY,
        )
        for one, person in zip(engagements, people, strict=True)
    )  # fmt: skip


def _teams(engagements: list[DistrictEngagement]) -> None:
    scopes = _scopes([one.scope for one in engagements], ScopeKind.TEAM)
    Team.objects.bulk_create(
        Team(
            network_id=one.network_id, engagement=one, ring="design-team", name="Team", scope=scope
        )
        for one, scope in zip(engagements, scopes, strict=True)
    )


def many_entitlements(engagements: Iterable[DistrictEngagement], cohort: Cohort) -> None:
    """What each of these districts was promised, with something delivered of it."""
    make_promises(cohort, None, NOW)
    held = Entitlement.objects.bulk_create(
        Entitlement(
            network_id=one.network_id, promise=promise, engagement=one, holder_scope=one.scope,
            valid_from=cohort.starts_on, valid_to=cohort.ends_on,
        )
        for promise in Promise.objects.filter(cohort=cohort)
        for one in engagements
    )  # fmt: skip
    Entry.objects.bulk_create(
        Entry(
            network_id=one.network_id, entitlement=one, kind=kind, quantity=quantity,
            happened_on=NOW.date(), source=f"tests.many:{one.pk}", recorded_at=NOW,
        )
        for one in held
        for kind, quantity in (("granted", 10), ("delivered", 3))
    )  # fmt: skip


def many_applications(call: Call, number: int, *, state: str = "in_review") -> list[Application]:
    """Applications of districts that apply, each with something for a person to decide."""
    engagements = many_districts(call.cohort, number, state="applying")
    teams = {team.engagement_id: team for team in Team.objects.filter(engagement__in=engagements)}
    leads = dict(
        RoleAssignment.objects.filter(scope__in=[one.scope_id for one in engagements]).values_list(
            "scope", "person"
        )
    )
    made = Application.objects.bulk_create(
        Application(
            network_id=call.network_id, call=call, number=f"M-{next(_numbers)}", engagement=one,
            team=teams[one.pk], scope=one.scope, lead_id=leads[one.scope_id], stage="application",
            state=state, started_at=NOW, submitted_at=NOW, levels_apart=3,
        )
        for one in engagements
    )  # fmt: skip
    ExceptionCase.objects.bulk_create(
        ExceptionCase(
            network_id=call.network_id, application=one, rule="region", asked_because="Near.",
            asked_at=NOW,
        )
        for one in made
    )  # fmt: skip
    return made


def many_reviews(call: Call, applications: Iterable[Application], readers: list[Person]) -> None:
    """Every reader reads everything; the last one's reviews are still open."""
    phase = call.phases.get()
    phase.is_active = True
    phase.save()
    Reviewer.objects.bulk_create(
        Reviewer(network_id=call.network_id, call=call, person=one) for one in readers
    )
    assigned = ReviewAssignment.objects.bulk_create(
        ReviewAssignment(
            network_id=call.network_id, phase=phase, application=one, reviewer=reader,
            state="published", no_tie_at=NOW,
        )
        for one in applications
        for reader in readers
    )  # fmt: skip
    Review.objects.bulk_create(
        Review(network_id=call.network_id, assignment=one, state="draft")
        if one.reviewer == readers[-1]
        else Review(
            network_id=call.network_id, assignment=one, state="submitted", submitted_at=NOW,
            points=30,
        )
        for one in assigned
    )  # fmt: skip


def many_decisions(call: Call, applications: list[Application], by: Person) -> None:
    """An adopted list of every application, staged and signed once."""
    half = len(applications) // 2
    refs = [one.ref for one in applications]
    SelectionRun.objects.create(
        network_id=call.network_id, call=call, input_sha256="0" * 64, engine="by hand",
        state="adopted", proposed_at=NOW, adopted_by=by, adopted_at=NOW,
        plan={"seats": refs[:half], "waitlist": refs[half:], "coin_flips": [], "changes": []},
    )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(
            network_id=call.network_id, application=one, outcome="offer", reason_key="points",
            because="Most points.", staged_by=by, signed_by=by,
        )
        for one in applications
    )  # fmt: skip
    Call.objects.filter(pk=call.pk).update(state="deciding")
