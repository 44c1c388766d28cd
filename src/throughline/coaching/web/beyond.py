"""What a form does when more would be drawn than was promised: it asks why."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.coaching.web.forms import BeyondForm
from throughline.core import clock
from throughline.ledger.actions.ask_for_more import ask_for_more
from throughline.ledger.actions.book import OverrunAsked
from throughline.ledger.rules import can_correct, in_words
from throughline.people.models import Person


def ask_why(form: BeyondForm, error: OverrunAsked, *, by: Person) -> None:
    """Show the question; what a coach answers goes to the host's staff, who decide.

    Nothing was saved: the form stays as it was typed, and is sent again once they agree.
    """
    reason = form.cleaned_data["overrun_reason"]
    if not reason or can_correct(by, error.entitlement):
        form.add_error("overrun_reason", str(error))
        return
    asked = ask_for_more(
        error.entitlement, quantity=error.beyond, reason=reason, by=by, now=clock.now()
    )
    said = _(
        "We asked the host's staff for %(amount)s more. Nothing is saved yet: send this form again "
        "once they agree."
    )
    amount = in_words(asked.quantity, error.entitlement.promise.unit)
    form.add_error(None, said % {"amount": amount})
