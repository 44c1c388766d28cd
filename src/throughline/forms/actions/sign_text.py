"""Put a wording before its parties, sign it, and end it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.states import states_before
from throughline.forms.enums import SIGNED_MAY_BECOME, EnteredFrom, SignedState
from throughline.forms.models import SignableText, Signature, SignedText
from throughline.forms.rules import can_sign
from throughline.people.models import Organization, Person, Scope


@transaction.atomic
def put_out_text(
    text: SignableText,
    *,
    scope: Scope,
    wants: Sequence[str],
    by: Person | None,
    now: datetime,
    organization: Organization | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    replaces: SignedText | None = None,
    on_behalf_of: Person | None = None,
) -> SignedText:
    """Ask for signatures in each part that ``wants`` names. Preparing is not signing."""
    signed = SignedText.objects.create(
        network_id=text.network_id, text=text, scope=scope, wants=sorted(set(wants)),
        organization=organization, from_on=from_on, to_on=to_on, replaces=replaces,
        state=SignedState.OUT,
    )  # fmt: skip
    trail.record(by, "put out", signed, now=now, on_behalf_of=on_behalf_of)
    return signed


@transaction.atomic
def sign_text(
    signed_text: SignedText,
    *,
    part: str,
    typed_name: str,
    by: Person,
    now: datetime,
    entered_from: EnteredFrom = EnteredFrom.PAGE,
) -> Signature:
    """Sign in one part. The text counts as signed once every part it wants is there.

    Signing again in the same part returns the first signature.

    Raises
    ------
    NotAllowed
        The text does not want this part, or belongs to another network.
    WrongState
        The text is not waiting for signatures.
    BadInput
        No name was typed.
    """
    if not (decision := can_sign(by, signed_text, part)):
        raise NotAllowed(decision.reason)
    # Of two people who sign the last two parts at once, the second counts both.
    take(signed_text)
    known = Signature.objects.filter(signed_text=signed_text, signer__in=by.ids, part=part).first()
    if known:
        return known
    if not typed_name.strip():
        raise BadInput(_("Type your full name to sign."), field="typed_name")
    if not SignedText.objects.filter(pk=signed_text.pk, state=SignedState.OUT).exists():
        raise WrongState(_("This text is no longer waiting for signatures."))
    signature = Signature.objects.create(
        network_id=signed_text.network_id, signed_text=signed_text, signer=by, part=part,
        typed_name=" ".join(typed_name.split())[:200], signed_at=now, entered_from=entered_from,
    )  # fmt: skip
    trail.record(by, "signed", signed_text, now=now, fields=[part])
    have = set(Signature.objects.filter(signed_text=signed_text).values_list("part", flat=True))
    if have >= set(signed_text.wants):
        SignedText.objects.filter(
            pk=signed_text.pk, state__in=states_before(SIGNED_MAY_BECOME, SignedState.SIGNED)
        ).update(state=SignedState.SIGNED, signed_at=now)
    signed_text.refresh_from_db()
    return signature


@transaction.atomic
def end_signed_text(
    signed_text: SignedText, *, by: Person | None, now: datetime, reason: str = ""
) -> SignedText:
    """End a text: it was replaced, withdrawn, or its time is over.

    Raises
    ------
    WrongState
        It has ended before.
    """
    moved = SignedText.objects.filter(
        pk=signed_text.pk, state__in=states_before(SIGNED_MAY_BECOME, SignedState.ENDED)
    ).update(state=SignedState.ENDED, to_on=now.date())
    if not moved:
        raise WrongState(_("This text has already ended."))
    signed_text.refresh_from_db()
    trail.record(by, "ended", signed_text, now=now, reason=reason)
    return signed_text
