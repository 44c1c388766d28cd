"""Wordings that messages are made from. A version is written once and never changed."""

from __future__ import annotations

from django.db import models

from throughline.messaging.enums import Kind
from throughline.people.models import Network


class Template(models.Model):
    """A message by its stable key."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="a_template_key_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.key


class TemplateVersion(models.Model):
    """One wording: subject and body by language. Immutable."""

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    subject = models.JSONField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="a_template_version_number_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["template", "sha256"], name="a_template_version_is_written_once"
            ),
        ]
