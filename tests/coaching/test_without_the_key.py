"""The key file is not there, as after a restore: sealed texts say so, and nothing is sealed anew."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coach, make_coaching, make_session
from tests.factories.programs import make_cohort, make_engagement
from throughline.coaching.models import CoachingSession, Note
from throughline.people.models import Person

SignIn = Callable[[Person | None], Client]
TOLD = "The key of private texts is not on this server."


def logged_before(networks: TwoNetworks) -> CoachingSession:
    """A session with a sealed summary and note, whose key file is gone since."""
    coaching = make_coaching(
        make_engagement(make_cohort(networks.ours)), coach=make_coach(networks.ours)
    )
    session = make_session(coaching, shared_summary="We chose.", private_note="Slow down.")
    settings.MASTER_KEY_FILE.unlink()
    return session


def test_a_page_says_why_a_text_cannot_be_opened_and_shows_the_rest(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    session = logged_before(two_networks)
    coach = as_person(session.coaching.coach.person)

    shown = coach.get(f"/coaching/sessions/{session.ref}/")

    assert (shown.status_code, shown.content.decode().count(TOLD)) == (200, 2)
    assert not settings.MASTER_KEY_FILE.exists()


def test_a_correction_without_the_key_leaves_what_is_sealed(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    session = logged_before(two_networks)
    coach = as_person(session.coaching.coach.person)
    url = f"/coaching/sessions/{session.ref}/correct/"
    before = [bytes(note.sealed) for note in Note.objects.order_by("pk")]
    form = coach.get(url).context["form"]

    answer = coach.post(url, {**form.initial, "length": "60", "reason": "I misread it."})

    assert answer.status_code == 422
    assert TOLD in answer.content.decode()
    assert [bytes(note.sealed) for note in Note.objects.order_by("pk")] == before
    assert not settings.MASTER_KEY_FILE.exists()
