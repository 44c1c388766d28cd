"""Texts with a tier: one field set, one filter, for every app that holds what participants write."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.refs import PublicRef
from throughline.core.tiers import MAY_WIDEN, SEALED, Tier
from throughline.people.enums import Role, ScopeKind
from throughline.people.models import Network, Person, Scope, ScopePath
from throughline.people.sealing import KeyGone, seal, unseal

Text = TypeVar("Text", bound="TieredText")


class TieredQuerySet(models.QuerySet[Any]):
    """Who reads a tiered text. The only filter there is."""

    def visible_to(self, person: Person) -> Self:
        """Return texts that ``person`` may read.

        Her own; pair texts that name her; team texts of teams she is in; host texts below a scope
        she staffs; cohort and network texts of hers; public ones. Minus everything at or below a
        scope that is closed to her.
        """
        inside = person.scopes()
        staffed = person.staffed_scopes()
        cohorts = Scope.objects.filter(
            kind=ScopeKind.COHORT,
            pk__in=ScopePath.objects.filter(descendant__in=person.joined_scopes()).values(
                "ancestor"
            ),
        )
        below_my_cohort = Exists(
            ScopePath.objects.filter(descendant=OuterRef("scope"), ancestor__in=cohorts)
        )
        wider = [Tier.COHORT, Tier.NETWORK, Tier.PUBLIC]
        return (
            self.filter(network_id=person.network_id)
            .filter(
                _written_by(person)
                | Q(tier=Tier.PAIR, counterpart__in=person.private_ids)
                | Q(tier__in=[Tier.TEAM, Tier.HOST], scope__in=_teams_of(person, inside))
                | Q(tier__in=[Tier.HOST, *wider], scope__in=staffed)
                | (Q(tier__in=wider) & below_my_cohort)
                | Q(tier=Tier.PUBLIC)
                | Q(tier__in=[Tier.NETWORK] if person.is_of_network else [])
            )
            .exclude(~Q(author__in=person.ids) & Q(scope__in=person.excluded_scopes()))
        )


def _written_by(person: Person) -> Q:
    """Return what she wrote; private texts of another record only once she said that it is hers."""
    if person.private_ids == person.ids:
        return Q(author__in=person.ids)
    return Q(author__in=person.private_ids) | Q(author__in=person.ids) & ~Q(tier__in=sorted(SEALED))


_TEAMS = (ScopeKind.TEAM, ScopeKind.GROUP)
_LEADS = frozenset({Role.FELLOW, Role.TEAM_LEAD})


def _teams_of(person: Person, inside: models.QuerySet[Scope]) -> models.QuerySet[Scope]:
    """Return teams and groups she is a member of, and the teams of a district that she leads."""
    led = {scope for role, scope in person.live_roles if role in _LEADS}
    of_her_district = Exists(
        ScopePath.objects.filter(descendant=OuterRef("pk"), ancestor__in=inside.filter(pk__in=led))
    )
    return Scope.objects.filter(
        Q(kind__in=_TEAMS, pk__in=inside) | Q(of_her_district, kind=ScopeKind.TEAM)
    )


class TieredText(models.Model):
    """Words that somebody wrote. ``scope`` says where they live, ``tier`` how far they carry."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=10, choices=Tier, default=Tier.MINE)
    counterpart = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.TextField(blank=True)
    sealed = models.BinaryField(null=True)

    objects = TieredQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def tier_constraints(cls, noun: str) -> list[models.BaseConstraint]:
        """Return the checks of every tiered table; ``noun`` makes their names unique."""
        private = Q(tier__in=sorted(SEALED))
        return [
            models.CheckConstraint(
                name=f"a_private_{noun}_is_sealed",
                condition=(private & Q(body="", sealed__isnull=False))
                | (~private & Q(sealed__isnull=True)),
            ),
            models.CheckConstraint(
                name=f"a_pair_{noun}_names_its_reader",
                condition=~Q(tier=Tier.PAIR) | Q(counterpart__isnull=False),
            ),
            models.CheckConstraint(
                name=f"the_tier_of_a_{noun}_is_known", condition=Q(tier__in=Tier.values)
            ),
        ]

    @property
    def words(self) -> str:
        """The text, unsealed if need be. Ask ``visible_to`` first."""
        if self.sealed is None:
            return self.body
        return unseal(self.author, bytes(self.sealed), identity=self._identity)

    @property
    def shown(self) -> str:
        """The words for a page, or why they cannot be opened here."""
        try:
            return self.words
        except KeyGone as gone:
            return str(gone)

    @property
    def _identity(self) -> str:
        return f"{self._meta.db_table}:{self.ref}:sealed"

    def put(self, text: str) -> None:
        """Set the words according to the tier, without saving."""
        if self.tier in SEALED:
            self.body, self.sealed = "", seal(self.author, text, identity=self._identity)
        else:
            self.body, self.sealed = text, None


def write_tiered(text: Text, words: str) -> Text:
    """Seal or store ``words`` in a new, unsaved text and save it. Call inside an action.

    Raises
    ------
    BadInput
        The tier cannot be chosen here: no reader is named, somebody is a minor, or there is no team.
    """
    problem = _tier_problem(text)
    if problem:
        raise BadInput(problem, field="tier")
    text.put(words)
    text.save()
    return text


def _tier_problem(text: TieredText) -> str:
    if text.tier == Tier.PAIR:
        if text.counterpart is None:
            return _("Say who the other reader is.")
        if text.author.is_minor or text.counterpart.is_minor:
            return _("Private texts between two people are not offered to or towards students.")
    if text.tier == Tier.TEAM and text.scope.kind not in _TEAMS:
        return _("There is no team here that could read this. Choose who reads it.")
    if text.tier in {Tier.NETWORK, Tier.PUBLIC} and text.author.is_minor:
        return _("A student's text needs consent before it leaves the cohort.")
    return ""


def widen(text: TieredText, to: Tier, *, by: Person) -> None:
    """Let more people read a text: its author's choice alone, and never backwards.

    Raises
    ------
    NotAllowed
        ``by`` is not the author.
    WrongState
        The text is already that wide, or wider, or somebody widened it a moment ago.
    """
    if text.author.pk not in (by.private_ids if text.tier in SEALED else by.ids):
        raise NotAllowed(_("Only the author decides who else reads this."))
    before = Tier(text.tier)
    if to not in MAY_WIDEN[before]:
        raise WrongState(_("More people can already read this."))
    words = text.words
    text.tier = to
    if problem := _tier_problem(text):
        text.tier = before
        raise BadInput(problem, field="tier")
    text.put(words)
    moved = (
        type(text)
        ._default_manager.filter(pk=text.pk, tier=before)
        .update(tier=to, body=text.body, sealed=text.sealed)
    )
    if not moved:
        raise WrongState(_("Somebody changed this a moment ago. Open it again."))
