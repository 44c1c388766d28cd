"""A superintendent was entered twice: she is brought together, goes on as one, and is parted again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories.admissions import CLOSED, make_application, make_call, make_readers
from tests.factories.coaching import make_coaching, make_session
from tests.factories.merges import again, all_rows
from tests.factories.people import NOW, make_staff
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.coaching.models import CoachingSession, Note
from throughline.core.tiers import Tier
from throughline.people.actions import add_affiliation
from throughline.people.models import Person, PersonAlias, PersonMerge, Scope
from throughline.people.tiered import write_tiered

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]
HISTORY = frozenset({"people.personmerge", "people.exclusion", "sessions.session"})
"""What stays when a merge is undone: the decision, exclusions that have ended, who is signed in."""


def without_sign_in(rows: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    for row in rows["people.account"]:
        del row["last_login"]
    return rows


def code_in_the_mail() -> str:
    found = re.search(r"^\s+(\S+)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[1]


def private_note(session: CoachingSession, author: Person) -> Note:
    note = Note(
        network=session.network, author=author, tier=Tier.MINE, session=session,
        scope=Scope.objects.get(pk=session.coaching.engagement.scope_id),
        kind="private_note", written_at=NOW,
    )  # fmt: skip
    return write_tiered(note, "I am not sure about this district.")


def test_who_was_entered_twice_becomes_one_and_two_again(as_person: As):
    cache.clear()
    session = make_session(make_coaching())
    call = make_call(session.network)
    application = make_application(call)
    applicant = application.lead
    reader, *_others = make_readers(call, 3)
    director = make_staff(call.network)
    Person.objects.filter(pk__in=[applicant.pk, reader.pk]).update(full_name="Marigold Lane")
    for record in (applicant, reader):
        add_affiliation(
            record, session.coaching.engagement.district, title="Adviser", by=None, now=NOW
        )
    EmailAddress.objects.update(verified=True)
    note = private_note(session, reader)
    assign_reviewers(call, by=director, now=CLOSED)
    staff, her = as_person(director), as_person(applicant)
    before = without_sign_in(all_rows(but=HISTORY))

    # Staff find both records, read what each holds, and decide.
    assert "Same name in one district" in staff.get("/staff/records/").content.decode()
    page = reverse("people:compare", args=[applicant.ref, reader.ref])
    assert "Applications to read" in staff.get(page).content.decode()
    staff.post(page, {"keep": applicant.ref, "reason": "She told us on the phone."})
    merge = PersonMerge.objects.get()

    # The tie counts at once; nothing of the other account is hers yet.
    assert list(again(applicant).excluded_scopes()) == list(again(reader).excluded_scopes()) != []
    assert "My reviews" not in her.get("/").content.decode()
    assert not Note.objects.visible_to(again(applicant)).filter(pk=note.pk).exists()

    # She enters the code of her other address, and both are one.
    her.post("/you/addresses/", {"do": "add", "email": reader.address})
    her.post("/you/addresses/code/", {"code": code_in_the_mail()})
    assert "My reviews" in her.get("/").content.decode()
    assert application not in type(application).objects.read_by(again(applicant))
    assert Note.objects.visible_to(again(applicant)).get(pk=note.pk).words.startswith("I am not")
    assert PersonAlias.objects.filter(person=applicant, kind="email").count() == 2

    # It was a mistake: staff undo it, and everything is what it was.
    staff.post(reverse("people:part", args=[merge.ref]), {"reason": "Two sisters."})
    assert without_sign_in(all_rows(but=HISTORY)) == before
    assert "My reviews" not in her.get("/").content.decode()
    assert application in type(application).objects.read_by(again(reader))
    assert list(Note.objects.visible_to(again(reader)).filter(pk=note.pk)) == [note]
