"""Keep the language that a person reads, so that letters to her are written in it too."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.people.models import Person
from throughline.people.rules import can_choose_for


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Person | None, now: datetime) -> None:
    """Let this person read and be written to in a language; the same again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    BadInput
        The product does not speak this language.
    """
    if not (decision := can_choose_for(by, person)):
        raise NotAllowed(decision.reason)
    if language not in dict(settings.LANGUAGES):
        raise BadInput(_("Choose one of the languages of this page."), field="language")
    moved = Person.objects.filter(pk=person.pk).exclude(locale=language).update(locale=language)
    person.locale = language
    if moved:
        trail.record(by, "changed", person, now=now, fields=["locale"])
