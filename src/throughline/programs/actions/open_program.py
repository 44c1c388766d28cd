"""Bring a program that ships into a network and open a cohort of it, in one step."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput
from throughline.people.models import Person
from throughline.programs.actions.import_blueprint import import_blueprint
from throughline.programs.actions.open_cohort import open_cohort
from throughline.programs.models import Cohort


@transaction.atomic
def open_program(source: str, *, starts_on: date, label: str, by: Person, now: datetime) -> Cohort:
    """Import a blueprint and open a cohort on it; the same label and day again return the first.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the network.
    BadInput
        The start has passed, no date fits, numbers are owed, or another cohort has this name.
    """
    if starts_on <= now.date():
        raise BadInput(_("Choose a first day that lies ahead."), field="starts_on")
    key = slugify(label)[:60]
    if not key:
        raise BadInput(_("Enter a name with letters or digits, such as Cohort 1."), field="label")
    version = import_blueprint(by.network, source, by=by, now=now)
    cohort = open_cohort(
        version.program, version=version, starts_on=starts_on, key=key, label=label.strip(),
        by=by, now=now,
    )  # fmt: skip
    if cohort.starts_on != starts_on:
        raise BadInput(_("There is a cohort of this name already. Choose another."), field="label")
    return cohort
