"""For whom somebody acts."""

from __future__ import annotations

from throughline.core.decision import Decision, yes_for
from throughline.people.models import Person, Scope, ScopePath


def acting_for(person: Person, scope: Scope | int, verb: str) -> Person | None:
    """Return the principal for whom ``person`` may do ``verb`` at ``scope``, or nobody.

    Exclusions of both count: a delegate sees nothing that is closed to her principal.
    """
    key = scope if isinstance(scope, int) else scope.pk
    for grant in person.live_delegations:
        if verb not in grant.may:
            continue
        path = ScopePath.objects.filter(ancestor=grant.scope_id, descendant=key)
        closed = path.filter(descendant__in=person.excluded_scopes()) | path.filter(
            descendant__in=grant.principal.excluded_scopes()
        )
        if path.exists() and not closed.exists():
            return grant.principal
    return None


def delegated(person: Person, scope: Scope | int, verb: str, otherwise: Decision) -> Decision:
    """Allow ``verb`` for a principal, if there is one; else return the refusal ``otherwise``."""
    principal = acting_for(person, scope, verb)
    return yes_for(principal) if principal else otherwise
