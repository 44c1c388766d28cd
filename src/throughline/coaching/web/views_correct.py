"""The page on which a logged session is put right."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.coaching import queries
from throughline.coaching.actions import correct_session
from throughline.coaching.enums import NoteKind
from throughline.coaching.models import CoachingSession, Note
from throughline.coaching.rules import can_correct, can_rewrite
from throughline.coaching.web.forms import CorrectForm, length_of
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest


@page("signed-in")
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, ref: str) -> HttpResponse:
    """Put right what was logged: all of it by its coach, minutes alone by the host's staff."""
    person = request.person
    session = get_object_or_404(
        CoachingSession.objects.visible_to(person).select_related(
            "occasion", "coaching__coach__person", "coaching__coachee", "coaching__team",
            "coaching__scope", "coaching__engagement__district",
            "coaching__engagement__cohort__version",
        ),
        ref=ref,
    )  # fmt: skip
    if not can_correct(person, session):
        raise Http404
    is_coach = bool(can_rewrite(person, session))
    form = CorrectForm(
        request.POST or None,
        topics=queries.topics_of(session.coaching),
        is_coach=is_coach,
        initial=_as_logged(request, session, is_coach=is_coach),
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_session(session, **form.changes(), by=person, now=clock.now())
        except DomainError as error:
            form.add_error(_field(form, error.field), str(error))
        else:
            messages.success(request, _("Corrected. What was booked before stays, crossed out."))
            return redirect("coaching:session", ref=ref)
    context = {
        "session": session,
        "coaching": session.coaching,
        "form": form,
        "is_coach": is_coach,
        "left": queries.left_of(session.coaching),
    }
    return render(request, "coaching/correct.html", context, status=422 if form.errors else 200)


def _as_logged(
    request: SignedInRequest, session: CoachingSession, *, is_coach: bool
) -> dict[str, object]:
    found = length_of(session.occasion.minutes)
    if not is_coach:
        return found
    shared = (
        Note.objects.visible_to(request.person)
        .filter(session=session, kind=NoteKind.SHARED_SUMMARY, author__in=request.person.ids)
        .select_related("author")
        .first()
    )
    return found | {
        "mode": session.mode,
        "travel_minutes": session.travel_minutes,
        "topics": session.topics,
        "shared_summary": shared.shown if shared else "",
    }


def _field(form: CorrectForm, name: str | None) -> str | None:
    """Return the field that shows an error of the action; minutes are asked for in two."""
    name = "length" if name == "minutes" else name
    return name if name in form.fields else None
