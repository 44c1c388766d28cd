"""Forms and the versions of their questions. A version is written once and never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language

from throughline.core import lookups  # noqa: F401 - registers __length
from throughline.core.tiers import Tier
from throughline.forms.enums import FieldKind
from throughline.people.models import Network


class Form(models.Model):
    """A form by its stable key. What it asks stands in its versions."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    key = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="a_form_key_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Field(models.Model):
    """A question by its stable key, whatever its wording."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="fields")
    key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "key"], name="a_field_key_is_used_once_per_form"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class FieldVersion(models.Model):
    """One wording of a question, with its limits and who may read the answer. Immutable.

    ``label`` and ``help`` hold the words by language; ``settings`` holds limits and options, which
    nothing filters on, and under ``languages`` what other languages say there.
    """

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=FieldKind)
    label = models.JSONField()
    help = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)
    is_required = models.BooleanField(default=False)
    condition = models.TextField(blank=True)
    is_personal = models.BooleanField(default=False)
    reviewers_see = models.BooleanField(default=True)
    tier = models.CharField(max_length=10, choices=Tier, default=Tier.HOST)
    keep_days = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["field", "number"], name="a_field_version_number_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["field", "sha256"], name="a_field_version_is_written_once"
            ),
            models.CheckConstraint(
                name="a_field_version_has_a_hash", condition=models.Q(sha256__length=64)
            ),
        ]

    @property
    def ask(self) -> str:
        """The question in the reader's language, or in the first that it is written in."""
        return _read(self.label)

    @property
    def hint(self) -> str:
        """The line under the question, likewise."""
        return _read(self.help)

    def spoken(self, name: str, otherwise: Any = None) -> Any:
        """Return a setting that holds words, such as options, in the reader's language."""
        return _spoken(self.settings, name, otherwise)

    @property
    def is_sealed(self) -> bool:
        """Kept apart and counted only through a release: not asked on a page of answers."""
        return bool(self.settings.get("sealed"))


def _reading() -> str:
    return (get_language() or "").partition("-")[0]


def _read(words: dict[str, Any]) -> str:
    """Return words in the reader's language; without them, in the file's own or the first."""
    own = words.get("en") or next(iter(words.values()), "")
    return str(words.get(_reading()) or own)


def _spoken(settings: dict[str, Any], name: str, otherwise: Any) -> Any:
    said = settings.get("languages", {}).get(_reading(), {})
    return said.get(name, settings.get(name, otherwise))


class FormVersion(models.Model):
    """Which wordings a form asks, in which order. Immutable."""

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    settings = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "number"], name="a_form_version_number_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["form", "sha256"], name="a_form_version_is_written_once"
            ),
            models.CheckConstraint(
                name="a_form_version_has_a_hash", condition=models.Q(sha256__length=64)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Key and title of each page of the form, in order, as its reader reads them."""
        return [(key, title) for key, title in _spoken(self.settings, "parts", [])]


class FormField(models.Model):
    """The place of a question in a version of its form."""

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    form_version = models.ForeignKey(
        FormVersion, on_delete=models.CASCADE, related_name="form_fields"
    )
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")
    field_version = models.ForeignKey(FieldVersion, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form_version", "field"], name="a_form_asks_a_question_once"
            ),
            models.UniqueConstraint(
                fields=["form_version", "position"], name="a_position_in_a_form_is_used_once"
            ),
        ]
