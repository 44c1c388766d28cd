"""A human as one network knows her."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from throughline.core.refs import PublicRef
from throughline.people.enums import NOT_JOINED_ROLES, OUTSIDE_ROLES, STAFF_ROLES, Role
from throughline.people.models.merge import PersonMerge
from throughline.people.models.network import Network
from throughline.people.models.role import Delegation, Exclusion, RoleAssignment
from throughline.people.models.scope import Scope, ScopePath

if TYPE_CHECKING:
    from throughline.people.models.sealing import SealingKey


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons, as others may see them."""

    def visible_to(self, person: Person) -> Self:
        """Return herself, who shares a live scope with her, and who lives in scopes she staffs."""
        return self.filter(network_id=person.network_id).filter(
            Q(pk__in=person.ids)
            | Q(Exists(_shares_scope(person.scopes())))
            | Q(Exists(_shares_scope(person.staffed_scopes())))
        )


def _shares_scope(scopes: models.QuerySet[Scope]) -> models.QuerySet[RoleAssignment]:
    return RoleAssignment.objects.live().filter(person=OuterRef("pk"), scope__in=scopes)


class Person(models.Model):
    """A human as this network knows her.

    She may have no account, or one that she shares with her person in another network; nothing of
    the other is visible here.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="persons")
    full_name = models.CharField(max_length=200)
    called = models.CharField(max_length=100, blank=True)
    name_sound = models.CharField(max_length=100, blank=True)
    pronouns = models.CharField(max_length=60, blank=True)
    bio = models.TextField(blank=True)
    zone = models.CharField(max_length=60, blank=True)
    locale = models.CharField(max_length=20, blank=True)
    is_minor = models.BooleanField(default=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    emptied_at = models.DateTimeField(null=True, blank=True)

    key_at_hand: SealingKey | None = None
    """Set by ``sealing.hold_key`` alone."""

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_is_merged_into_herself", condition=~Q(same_as=F("pk"))
            ),
        ]
        indexes = [models.Index(F("network"), Lower("full_name"), name="persons_by_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def name(self) -> str:
        """What to call her on a page."""
        return self.full_name

    @property
    def time_zone(self) -> str:
        return self.zone or self.network.zone

    @cached_property
    def merges(self) -> list[PersonMerge]:
        """Live decisions that join records of this human, read once a request."""
        root = self.same_as_id or self.pk
        found = PersonMerge.objects.live().filter(absorbed__same_as=root)
        return list(found.order_by("pk"))

    @cached_property
    def ids(self) -> frozenset[int]:
        """Keys of this record and of those joined with it: what they may do, she may do."""
        return self._reached([one for one in self.merges if one.joined_at])

    @cached_property
    def private_ids(self) -> frozenset[int]:
        """Keys of this record and of those that she said are hers: their private texts are hers."""
        return self._reached([one for one in self.merges if one.confirmed_at])

    @cached_property
    def same_ids(self) -> frozenset[int]:
        """Keys of all records of this human: what is closed to one of them is closed to her."""
        return self._reached(self.merges)

    def _reached(self, merges: Iterable[PersonMerge]) -> frozenset[int]:
        pairs = [{one.kept_id, one.absorbed_id} for one in merges]
        reached = {self.pk}
        while more := [pair for pair in pairs if len(pair & reached) == 1]:
            reached.update(*more)
        return frozenset(reached)

    @cached_property
    def live_roles(self) -> list[tuple[str, int]]:
        """Role and scope id of each live assignment, read once a request."""
        found = RoleAssignment.objects.live().filter(person__in=self.ids)
        return list(found.order_by("pk").values_list("role", "scope_id"))

    @property
    def is_staff(self) -> bool:
        """Whether she has a live staff role somewhere in her network."""
        return any(role in STAFF_ROLES for role, _ in self.live_roles)

    @cached_property
    def address(self) -> str:
        """Where mail reaches her; empty if nowhere.

        A record that was joined with another one, and has no address left, is reached at that one's.
        """
        addresses = self.aliases.filter(kind="email")
        alias = addresses.order_by("-gets_letters", "-verified_at", "pk").first()
        if alias:
            return alias.value
        for merge in self.merges if self.same_as_id else ():
            if merge.absorbed_id == self.pk and merge.joined_at:
                return merge.kept.address
        link = getattr(self, "account_link", None)
        return link.account.email if link else ""

    def scopes(self) -> models.QuerySet[Scope]:
        """Scopes she is in: those of her live roles, minus those closed to her.

        Who only judges a scope or pays for it is not in it.
        """
        return self._open({held for role, held in self.live_roles if role not in OUTSIDE_ROLES})

    def _open(self, held: set[int]) -> models.QuerySet[Scope]:
        return Scope.objects.filter(network_id=self.network_id, pk__in=held).exclude(
            pk__in=self.excluded_scopes()
        )

    def scopes_as(self, role: str) -> models.QuerySet[Scope]:
        """Scopes in which she holds this role, minus those closed to her."""
        return self._open({scope for held, scope in self.live_roles if held == role})

    def joined_scopes(self) -> models.QuerySet[Scope]:
        """Scopes to which she belongs: not where she only applies, or has a task of the host's."""
        return self._open({held for role, held in self.live_roles if role not in NOT_JOINED_ROLES})

    @property
    def is_of_network(self) -> bool:
        """Whether she has a live role in her network, other than as an applicant."""
        return any(role != Role.APPLICANT for role, _ in self.live_roles)

    def staffed_scopes(self, *roles: str) -> models.QuerySet[Scope]:
        """Scopes at or below one where she holds one of ``roles`` (default: staff), minus closed ones."""
        wanted = frozenset(roles) or STAFF_ROLES
        if wanted not in self._staffed:
            held = {scope for role, scope in self.live_roles if role in wanted}
            below = ScopePath.objects.filter(descendant=OuterRef("pk"), ancestor__in=held)
            self._staffed[wanted] = Scope.objects.filter(
                Exists(below), network_id=self.network_id
            ).exclude(pk__in=self.excluded_scopes())
        return self._staffed[wanted].all()

    @cached_property
    def _staffed(self) -> dict[frozenset[str], models.QuerySet[Scope]]:
        return {}

    def delegated_scopes(self, *verbs: str) -> models.QuerySet[Scope]:
        """Scopes where somebody lets her do one of ``verbs`` (default: any), minus closed ones.

        A scope that is closed to the principal is closed to her delegate too.
        """
        given = [
            (grant.principal, grant.scope_id)
            for grant in self.live_delegations
            if not verbs or set(verbs) & set(grant.may)
        ]
        open_to_principals = Q()
        for principal, scope in given:
            open_to_principals |= Q(pk=scope) & ~Q(pk__in=principal.excluded_scopes())
        if not given:
            return Scope.objects.none()
        return Scope.objects.filter(
            Exists(
                ScopePath.objects.filter(
                    descendant=OuterRef("pk"),
                    ancestor__in=Scope.objects.filter(open_to_principals).values("pk"),
                )
            )
        ).exclude(pk__in=self.excluded_scopes())

    @cached_property
    def live_delegations(self) -> list[Delegation]:
        """What others let her do for them, read once a request."""
        found = Delegation.objects.live().filter(delegate__in=self.ids)
        return list(found.select_related("principal").order_by("pk"))

    def excluded_scopes(self) -> models.QuerySet[ScopePath, int]:
        """Ids of scopes closed to her: every one at or below a live exclusion."""
        return self._excluded.all()

    @cached_property
    def _excluded(self) -> models.QuerySet[ScopePath, int]:
        closed = Exclusion.objects.live().filter(person__in=self.same_ids).values("scope")
        return ScopePath.objects.filter(ancestor__in=closed).values_list("descendant", flat=True)

    def holds(self, scope: Scope | int, *roles: str) -> bool:
        """Whether she holds one of ``roles`` at ``scope`` or above it, and it is not closed to her."""
        key = scope if isinstance(scope, int) else scope.pk
        held = {found for role, found in self.live_roles if role in roles}
        if not held:
            return False
        paths = ScopePath.objects.filter(descendant=key, ancestor__in=held)
        return paths.exclude(descendant__in=self.excluded_scopes()).exists()

    def is_in(self, people: Iterable[int | None]) -> bool:
        """Whether she, or someone merged into her, is among these person ids."""
        return any(one in self.ids for one in people)


class PersonAlias(models.Model):
    """Another address, name, phone or roster id of a person.

    ``gets_letters`` is her own choice among her addresses; without one, the last confirmed gets them.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True, blank=True)
    gets_letters = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(gets_letters=True),
                name="letters_go_to_one_address",
            ),
            models.UniqueConstraint(
                F("network"),
                Lower("value"),
                condition=Q(kind="email", verified_at__isnull=False),
                name="a_verified_address_leads_to_one_person",
            ),
        ]
        indexes = [models.Index(fields=["network", "kind", "value"], name="aliases_by_value")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
