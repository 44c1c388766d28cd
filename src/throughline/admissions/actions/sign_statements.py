"""Sign what an application states: the lead alone, in her own name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.dossier import Dossier
from throughline.admissions.models import Application, Attestation
from throughline.core.errors import BadInput
from throughline.forms.actions.sign_text import put_out_text, sign_text
from throughline.forms.actions.sync_text import sync_text
from throughline.forms.enums import FieldKind, SignableKind, SignsAs
from throughline.people.models import Person

STATEMENT = "application"


def statement_of(dossier: Dossier) -> str:
    """Return the text that sending signs: each statement of the form, and that all of it is true."""
    said = [
        dossier.words.fill(one.wording.ask)
        for one in dossier.shown
        if one.wording.kind == FieldKind.ATTEST
    ]
    return " ".join([*said, _("What I wrote is true as far as I know.")])


@transaction.atomic
def sign_statements(
    application: Application, dossier: Dossier, *, typed_name: str, by: Person, now: datetime
) -> Attestation:
    """Keep name, time and version of the text that the applicant signs by sending.

    Raises
    ------
    BadInput
        No name was typed.
    """
    if not typed_name.strip():
        raise BadInput(_("Type your full name to sign."), field="typed_name")
    program = application.call.cohort.program
    text = sync_text(
        application.network,
        f"{program.key}.{STATEMENT}",
        statement_of(dossier),
        kind=SignableKind.ATTESTATION,
        now=now,
    )
    signed = put_out_text(text, scope=application.scope, wants=[SignsAs.APPLICANT], by=by, now=now)
    sign_text(signed, part=SignsAs.APPLICANT, typed_name=typed_name, by=by, now=now)
    return Attestation.objects.create(
        network_id=application.network_id,
        application=application,
        key=STATEMENT,
        signed_text=signed,
    )
