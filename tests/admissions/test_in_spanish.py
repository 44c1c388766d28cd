"""An applicant who reads Spanish: her questions, the check, her letters; others keep English."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories.admissions import make_application, make_call, make_draft
from tests.factories.people import NOW, make_person
from throughline.admissions.models import Application, Call
from throughline.forms.models import FieldVersion
from throughline.messaging.models import Message
from throughline.people.actions.choose_language import choose_language
from throughline.people.models import Person

pytestmark = pytest.mark.django_db


def spanish_lead(call: Call) -> Person:
    lead = make_person(call.network, full_name="Rosa Ibarra")
    choose_language(lead, "es", by=lead, now=NOW)
    return lead


def section_page(client: Client, application: Application, part: str) -> str:
    page = client.get(reverse("admissions:part", args=[application.ref, part]))
    return " ".join(page.text.split())


def test_a_section_asks_in_the_language_of_its_reader(as_person):
    call = make_call()
    application = make_draft(call, lead=spanish_lead(call))
    client = as_person(application.lead)

    goals, candidate = (section_page(client, application, one) for one in ("goals", "candidate"))

    assert "Me comprometo a atender las disparidades históricas de mi sistema." in goals
    assert "Metas y prioridades" in goals
    assert "Compromiso ya puesto en práctica, con el respaldo de la junta" in goals
    assert "Superintendente adjunto/a" in candidate


def test_who_reads_english_is_asked_in_english_by_the_same_form(as_person):
    call = make_call()
    theirs = make_draft(call, lead=spanish_lead(call))
    ours = make_draft(call)

    page = section_page(as_person(ours.lead), ours, "goals")

    assert "I am committed to addressing historical disparities in my system." in page
    assert "Me comprometo" not in page
    assert theirs.call.form_version_id == ours.call.form_version_id


def test_a_language_that_the_form_lacks_reads_the_first():
    call = make_call()
    wording = FieldVersion.objects.get(field__form=call.form_version.form, field__key="about-you")

    with override("fr"):
        asked, options = wording.ask, wording.spoken("options")
    with override("es"):
        spanish = wording.spoken("options")

    assert asked.startswith("Race or ethnicity")
    assert options[1] == ["skip", "I prefer not to say"]
    assert spanish[1] == ["skip", "Prefiero no decirlo"]


def test_a_call_that_is_opened_in_spanish_keeps_its_own_words():
    with override("es"):
        call = make_call()
    titles = set(call.cohort.calendar.values_list("title", flat=True))

    assert "Network convening" in titles
    assert not any("ncuentro" in title for title in titles)
    assert call.form_version.title.endswith("application")
    assert call.rubric.title == "Application rubric"


def test_a_receipt_is_written_in_the_language_of_its_reader():
    call = make_call()
    with override("en-us"):
        spanish = make_application(call, lead=spanish_lead(call))
        english = make_application(call)

    to_her, to_them = (
        Message.objects.get(about_key=one.ref, subject__icontains=word)
        for one, word in ((spanish, "solicitud"), (english, "application"))
    )
    assert to_her.subject == "Recibimos su solicitud"
    assert to_her.body.startswith("Saludos, {person.name}: su solicitud para ")
    assert to_them.subject == "We have your application"
    assert spanish.lead.affiliations.get().title == "Superintendent"
