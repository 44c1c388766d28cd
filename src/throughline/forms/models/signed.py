"""Texts that people sign: the wording, one putting of it before its parties, their signatures."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.core.refs import PublicRef
from throughline.forms.enums import EnteredFrom, SignableKind, SignedState, SignsAs
from throughline.people.models import Network, Organization, Person, Scope


class SignableText(models.Model):
    """One version of a wording. Immutable: who signed it signed exactly this."""

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=SignableKind)
    version = models.PositiveSmallIntegerField()
    locale = models.CharField(max_length=20, default="en-us")
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "key", "locale", "version"],
                name="a_version_of_a_wording_is_written_once",
            ),
            models.UniqueConstraint(
                fields=["network", "key", "locale", "sha256"],
                name="a_wording_is_not_written_twice",
            ),
        ]


class SignedTextQuerySet(models.QuerySet["SignedText"]):
    """Texts before their parties."""

    def visible_to(self, person: Person) -> Self:
        """Return those she signed, and those of scopes she is in or staffs."""
        return (
            self.filter(network_id=person.network_id)
            .filter(
                Q(pk__in=Signature.objects.filter(signer__in=person.ids).values("signed_text"))
                | Q(scope__in=person.scopes())
                | Q(scope__in=person.staffed_scopes())
            )
            .exclude(scope__in=person.excluded_scopes())
        )


class SignedText(models.Model):
    """One wording put before its parties. ``wants`` names the parts that must sign."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    text = models.ForeignKey(SignableText, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+"
    )
    wants = models.JSONField(default=list)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=SignedState, default=SignedState.DRAFTED)
    signed_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )

    objects = SignedTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="the_state_of_a_signed_text_is_known",
                condition=Q(state__in=SignedState.values),
            ),
            models.CheckConstraint(
                name="a_signed_text_says_when",
                condition=~Q(state=SignedState.SIGNED) | Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_signed_text_ends_after_it_starts",
                condition=Q(to_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(to_on__gte=F("from_on")),
            ),
        ]
        indexes = [models.Index(fields=["scope", "state"], name="signed_texts_of_a_scope")]


class Signature(models.Model):
    """One person signed one text in one part, with the name she typed. Append-only."""

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    signed_text = models.ForeignKey(SignedText, on_delete=models.CASCADE, related_name="signatures")
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+"
    )
    part = models.CharField(max_length=20, choices=SignsAs)
    typed_name = models.CharField(max_length=200)
    code_hmac = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField()
    entered_from = models.CharField(max_length=20, choices=EnteredFrom, default=EnteredFrom.PAGE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["signed_text", "signer", "part"], name="a_person_signs_once_in_a_part"
            ),
            models.CheckConstraint(name="a_signature_has_a_name", condition=~Q(typed_name="")),
        ]
