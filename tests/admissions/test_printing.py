"""A whole application as PDF: to its reader what her page shows, to its applicant her own, to no one else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.admissions import fill, give, make_application, make_draft, make_season
from tests.factories.evidence import make_class
from tests.factories.pdf import ReadBack, read_back
from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.programs import blueprint_text
from throughline.admissions.models import Application, Review, ReviewAssignment
from throughline.people.actions.choose_language import choose_language
from throughline.people.models import Person, Place

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]
BLIND = "Sentinel-heron: what readers are not to see."


def of_reader(review: Review) -> str:
    return reverse("admissions:review_file", args=[review.ref])


def of_applicant(application: Application) -> str:
    return reverse("admissions:application_file", args=[application.ref])


def read(client: Client, address: str) -> ReadBack:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    return read_back(response.content)


def place_of(application: Application) -> Place:
    place = application.engagement.district.place
    assert place is not None
    return place


def review_of(reader: Person) -> Review:
    return Review.objects.get(assignment__reviewer=reader)


def test_a_reader_gets_what_her_page_shows_tagged_and_titled(as_person: As):
    season = make_season(1)
    application, reader = season.applications[0], season.readers[0]
    place = place_of(application)
    make_class(season.call.network, place, 150, 250)
    client = as_person(reader)

    made = read(client, of_reader(review_of(reader)))

    assert (made.standard, made.is_tagged, made.language) == ("ua-1", True, "en")
    assert made.title == f"{place.name}, GA"
    assert made.tags[:4] == ["Document", "P", "H1", "P"]
    assert {"H2", "H3", "Table", "TH", "TD"} <= set(made.tags)
    for said in (
        f"{season.call.network.name} · Racial Equity Leadership Network",
        f"Application {application.number}",
        f"{application.lead}, Superintendent",
        "Class of 2014–15",
        "400 students in 2 schools",
        "5 of 5 confirmed by the applicant",
        "added up over 2 of 2 schools that the source names",
        "Days lost to suspension, by student group, for four years.",
        "Every student is known and challenged.",
        "Member ",
        "Sent on Tue, Nov 24, 2026",
        "This copy was made on Tue, Nov 24, 2026.",
        f"Page 1 of {made.pages}",
    ):
        assert said in made.text


def test_no_score_and_no_comment_is_in_it_before_or_after_her_own_is_in(as_person: As):
    season = make_season(1, points=(3,))
    mine, other = (review_of(one) for one in season.readers[:2])
    Review.objects.filter(pk=mine.pk).update(state="draft", submitted_at=None, points=None)
    Review.objects.filter(pk=other.pk).update(comment="Sentinel-curlew")
    client = as_person(season.readers[0])

    before = read(client, of_reader(mine))
    mine.refresh_from_db()
    give(mine, 3, comment="Sentinel-plover")
    page = client.get(reverse("admissions:review", args=[mine.ref])).content.decode()
    after = read(client, of_reader(mine))

    assert ("Sentinel-curlew" in page, "Sentinel-plover" in page) == (True, True)
    assert before.text == after.text
    assert "Sentinel" not in after.text


def test_what_readers_do_not_see_is_hidden_from_them_and_the_applicants_own(as_person: As):
    asked = '{ key = "readiness", part = "goals",'
    each = [{"answers": {"readiness": BLIND}}]
    open_to_all = make_season(1, each=each)
    blind = make_season(
        1, each=each, source=blueprint_text().replace(asked, f"{asked} blind = true,")
    )

    seen = []
    for season in (open_to_all, blind):
        review, client = review_of(season.readers[0]), as_person(season.readers[0])
        page = client.get(reverse("admissions:review", args=[review.ref])).content.decode()
        seen.append((BLIND in page, BLIND in read(client, of_reader(review)).text))
    [application] = blind.applications
    own = read(as_person(application.lead), of_applicant(application)).text

    assert seen == [(True, True), (False, False)]
    assert BLIND in own
    assert "Race or ethnicity" not in own
    assert "Optional questions about yourself are not part of this application." in own


def test_it_speaks_in_the_programs_words_and_the_readers_language(as_person: As):
    source = blueprint_text().replace(
        'convening = { one = "network convening", other = "network convenings" }',
        'convening = { one = "gathering", other = "gatherings" }',
    )
    season = make_season(1, source=source)
    reader, other = season.readers[:2]
    choose_language(other, "es", by=other, now=NOW)

    english, spanish = (read(as_person(one), of_reader(review_of(one))) for one in (reader, other))

    assert "Gatherings" in english.text
    assert (spanish.language, "Página 1 de" in spanish.text) == ("es", True)
    page = as_person(other).get(reverse("admissions:review", args=[review_of(other).ref]))
    for words in ("Preparación para un cambio transformador", "¿Qué disparidades muestran"):
        assert words in page.content.decode()
        assert words in spanish.text
    assert "Se nombra sin evidencia" in page.content.decode()
    assert "Se nombra sin evidencia" not in spanish.text
    assert "Sin respuesta" not in english.text
    assert "según dice" not in english.text


def test_the_share_of_low_income_families_is_in_it_as_on_the_page(as_person: As):
    season = make_season(1)
    reader = season.readers[0]
    place = place_of(season.applications[0])
    make_class(season.call.network, place, 300, low_income=[120])
    client, review = as_person(reader), review_of(reader)

    page = client.get(reverse("admissions:review", args=[review.ref])).content.decode()

    for text in (page, read(client, of_reader(review)).text):
        assert "Economically disadvantaged" in text
        assert "120 of 300 students" in text
        assert "Whom a state counts as economically disadvantaged is its own rule." in text


def test_a_draft_is_printed_with_its_gaps_named(as_person: As):
    draft = make_draft()
    fill(draft, {"readiness": ""})

    made = read(as_person(draft.lead), of_applicant(draft))

    assert "Not sent yet" in made.text
    assert "No answer" in made.text


def test_the_question_about_ties_comes_before_the_file(as_person: As):
    season = make_season(1)
    review = review_of(season.readers[0])
    ReviewAssignment.objects.filter(pk=review.assignment_id).update(no_tie_at=None)

    asked = as_person(season.readers[0]).get(of_reader(review))

    assert asked.headers["Location"] == reverse("admissions:tie", args=[review.ref])


def test_a_stranger_a_colleague_and_another_network_find_no_file(as_person: As):
    season = make_season(1)
    application, review = season.applications[0], review_of(season.readers[0])
    elsewhere = make_staff(make_network())

    for person in (season.readers[1], season.director, application.lead, elsewhere):
        assert as_person(person).get(of_reader(review)).status_code == 404
    for person in (season.readers[0], season.director, make_person(application.network), elsewhere):
        assert as_person(person).get(of_applicant(application)).status_code == 404
    assert as_person(None).get(of_applicant(application)).status_code == 302


def test_it_is_saved_under_number_and_district_and_kept_by_no_cache(as_person: As):
    application = make_application(name="Peñasco & Sons")

    response = as_person(application.lead).get(of_applicant(application))

    name = f"{application.number.lower()}-penasco-sons.pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Cache-Control"] == "no-store, private"


def test_a_long_roster_and_many_answers_take_as_many_queries_as_few(as_person: As):
    def queries(members: int, answers: dict[str, str]) -> tuple[int, int]:
        season = make_season(1, each=[{"answers": answers}])
        application, review = season.applications[0], review_of(season.readers[0])
        make_class(season.call.network, place_of(application), *[90] * members)
        return (
            counted(as_person(season.readers[0]), of_reader(review)),
            counted(as_person(application.lead), of_applicant(application)),
        )

    def counted(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    assert queries(9, {"locale": "rural"}) == queries(1, {})
