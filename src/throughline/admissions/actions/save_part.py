"""Save a section of an application while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.dossier import Dossier, is_asked
from throughline.admissions.models import Application
from throughline.admissions.rules import can_write, is_signer
from throughline.core.errors import NotAllowed
from throughline.forms.actions.save_answers import SaveResult, save_answers
from throughline.forms.enums import FieldKind
from throughline.people.models import Person

FIXED = frozenset({FieldKind.DISTRICT, FieldKind.ROSTER})
"""Set elsewhere: the district when the application began, the roster name by name."""


@transaction.atomic
def save_part(
    application: Application,
    part: str,
    values: Mapping[str, object],
    *,
    by: Person,
    now: datetime,
    revisions: Mapping[str, int] | None = None,
) -> SaveResult:
    """Save what was typed on one page. Gaps are fine; a stale tab undoes nothing.

    Raises
    ------
    NotAllowed
        ``by`` neither leads nor acts for the lead, the call has closed, or it is a statement that
        only the lead confirms.
    WrongState
        The application has been sent.
    """
    if not (decision := can_write(by, application, now)):
        raise NotAllowed(decision.reason)
    dossier = Dossier(application)
    asked = {
        one.key: one
        for one in dossier.asked
        if one.part == part and is_asked(one) and one.wording.kind not in FIXED
    }
    statements = {key for key, one in asked.items() if one.wording.kind == FieldKind.ATTEST}
    if statements & set(values) and not is_signer(by, application):
        raise NotAllowed(
            _("Only %(name)s can confirm this statement.") % {"name": application.lead}
        )
    return save_answers(
        dossier.submission,
        {key: value for key, value in values.items() if key in asked},
        by=by,
        now=now,
        revisions=revisions,
        on_behalf_of=decision.on_behalf_of if isinstance(decision.on_behalf_of, Person) else None,
    )
