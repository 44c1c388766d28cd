"""The editor as a director uses it: sentences, sections, the file, dates, the public page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import NOW, make_network, make_staff
from tests.factories.programs import blueprint_text, make_version
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.actions.start_draft import copy_program, start_draft
from throughline.programs.models import BlueprintVersion, Program

AsPerson = Callable[[Person | None], Client]

LEAST = "teams.rings.design-team.min"


@pytest.fixture
def draft(db: None) -> BlueprintVersion:
    return copy_program(make_network(), blueprint_text(), name="Promise", by=None, now=NOW)


@pytest.fixture
def director(draft: BlueprintVersion, as_person: AsPerson) -> Client:
    return as_person(make_staff(draft.network))


def page_of(draft: BlueprintVersion, name: str = "draft", *more: str) -> str:
    return reverse(f"programs:{name}", args=[draft.program.ref, *more])


def test_a_director_copies_a_program_and_edits_it_in_sentences(as_person: AsPerson, db: None):
    client = as_person(make_staff(make_network()))

    copied = client.post(
        reverse("programs:copy"), {"program": "reln", "name": "Promise Network", "short": "PN"}
    )
    program = Program.objects.get(name="Promise Network")
    shown = client.get(copied["Location"])

    assert copied["Location"] == reverse("programs:draft", args=[program.ref])
    assert "Each district brings a design team of" in shown.text
    assert f'name="{LEAST}" value="5"' in shown.text
    assert 'aria-label="Each district brings a design team of 5 to"' in shown.text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "Promise"}, "Choose a program to begin from."),
        ({"program": "reln", "name": ""}, "Enter a name for your program."),
        ({"program": "reln", "name": "12"}, "Enter a name that begins with a letter."),
    ],
)
def test_a_copy_without_what_it_needs_says_so(
    director: Client, sent: dict[str, str], sentence: str
):
    answer = director.post(reverse("programs:copy"), sent)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_saved_number_is_in_the_file_and_the_rest_is_untouched(
    director: Client, draft: BlueprintVersion
):
    answer = director.post(page_of(draft), {"seen": draft.sha256, LEAST: "3"}, follow=True)

    assert answer.status_code == 200
    current = BlueprintVersion.objects.get(pk=draft.pk)
    assert current.parsed["teams"]["rings"]["design-team"]["min"] == 3
    assert len(current.source.splitlines()) == len(draft.source.splitlines())


def test_what_cannot_be_right_is_said_beside_its_field_and_kept(
    director: Client, draft: BlueprintVersion
):
    answer = director.post(
        page_of(draft), {"seen": draft.sha256, LEAST: "three", "program.length": "2 years"}
    )

    assert answer.status_code == 422
    assert "Expected a whole number" in answer.text
    assert f'id="id_{LEAST}_error"' in answer.text
    assert 'value="three"' in answer.text
    assert 'value="2 years"' in answer.text
    assert BlueprintVersion.objects.get(pk=draft.pk).source == draft.source


def test_a_sum_to_settle_is_shown_with_a_link_to_its_section(
    director: Client, draft: BlueprintVersion
):
    answer = director.post(
        page_of(draft),
        {"seen": draft.sha256, "convenings.series.network.count": "5",
         "ledger.entitlements.convening-days.quantity": "9 days"},
        follow=True,
    )  # fmt: skip

    assert "One thing to settle" in answer.text
    assert page_of(draft, "draft_section", "ledger") in answer.text
    published = director.post(
        page_of(draft, "publish_version"),
        {"seen": BlueprintVersion.objects.get(pk=draft.pk).sha256}, follow=True,
    )  # fmt: skip
    assert "still to settle" in published.text


def test_what_moves_names_dates_and_numbers(as_person: AsPerson, db: None):
    version = make_version()
    draft = start_draft(version.program, by=None, now=NOW)
    client = as_person(make_staff(version.network))

    answer = client.post(
        page_of(draft),
        {"seen": draft.sha256, "convenings.series.network.length": "5 half-days",
         "convenings.series.network.on": "Wednesday",
         "ledger.entitlements.convening-days.quantity": "25 half-days"},
        follow=True,
    )  # fmt: skip

    assert "Network convening 1" in answer.text
    assert "Was 10 days" in answer.text
    assert "Was 2 days" in answer.text


def test_every_section_and_its_values_have_a_page(director: Client, draft: BlueprintVersion):
    for key in ("program", "teams", "forms", "admissions", "messaging", "learning"):
        assert director.get(page_of(draft, "draft_section", key)).status_code == 200

    answer = director.post(
        page_of(draft, "draft_section", "teams"),
        {"seen": draft.sha256, "teams.composition[cabinet].at_least": "2"},
    )

    assert answer.status_code == 302
    current = BlueprintVersion.objects.get(pk=draft.pk)
    assert current.parsed["teams"]["composition"][0]["at_least"] == 2
    assert director.get(page_of(draft, "draft_section", "nothing")).status_code == 404


def test_the_file_with_a_fault_is_not_saved_and_not_lost(director: Client, draft: BlueprintVersion):
    broken = draft.source.replace('length = "18 months"', 'length = "18 moths"')

    answer = director.post(page_of(draft, "draft_file"), {"source": broken, "seen": draft.sha256})

    assert answer.status_code == 422
    assert "<code>program.length</code>" in answer.text
    assert "18 moths" in answer.text
    assert BlueprintVersion.objects.get(pk=draft.pk).source == draft.source


def test_the_file_saved_from_an_old_window_is_kept_on_the_page(
    director: Client, draft: BlueprintVersion
):
    director.post(page_of(draft), {"seen": draft.sha256, LEAST: "3"})
    mine = draft.source.replace('length = "18 months"', 'length = "24 months"')

    first = director.post(page_of(draft, "draft_file"), {"source": mine, "seen": draft.sha256})
    current = BlueprintVersion.objects.get(pk=draft.pk)
    second = director.post(page_of(draft, "draft_file"), {"source": mine, "seen": current.sha256})

    assert first.status_code == 422
    assert "changed in another window" in first.text
    assert "24 months" in first.text
    assert f'value="{current.sha256}"' in first.text
    assert second.status_code == 302


def test_dates_and_public_page_can_be_read_before_publishing(
    director: Client, draft: BlueprintVersion
):
    dates = director.get(page_of(draft, "draft_calendar"), {"starts_on": "2027-01-11"})
    public = director.get(reverse("home:draft", args=[draft.program.ref]))

    assert "Feb 11–12, 2027" in dates.text
    assert "<h1>Promise</h1>" in public.text
    assert Client().get(reverse("home:program", args=[draft.program.ref])).status_code == 404


def test_a_published_version_of_ones_own_can_be_opened(director: Client, draft: BlueprintVersion):
    director.post(page_of(draft, "publish_version"), {"seen": draft.sha256})

    offered = director.get(reverse("programs:open"))

    assert 'value="promise"' in offered.text
    assert "Version 1 is published" in director.get(reverse("programs:cohorts")).text


def test_throwing_away_asks_first(director: Client, draft: BlueprintVersion):
    asked = director.get(page_of(draft, "discard"))
    director.post(page_of(draft, "discard"))

    assert "Throw this draft away?" in asked.text
    assert not BlueprintVersion.objects.exists()


def test_who_may_not_edit_finds_nothing(as_person: AsPerson, draft: BlueprintVersion):
    coordinator = as_person(make_staff(draft.network, role=Role.COORDINATOR))
    stranger = as_person(make_staff(make_network("Other")))

    for client in (coordinator, stranger):
        for name in ("draft", "draft_file", "draft_calendar", "discard"):
            assert client.get(page_of(draft, name)).status_code == 404
        assert client.post(page_of(draft), {LEAST: "3"}).status_code == 404
        assert client.post(page_of(draft, "publish_version")).status_code == 404
        assert client.get(reverse("home:draft", args=[draft.program.ref])).status_code == 404


@pytest.mark.parametrize("name", ["draft", "draft_file"])
def test_words_of_a_host_are_escaped(director: Client, draft: BlueprintVersion, name: str):
    evil = draft.source.replace('one = "fellow"', 'one = "<script>x</script>"')
    director.post(page_of(draft, "draft_file"), {"source": evil, "seen": draft.sha256})

    assert "<script>x</script>" not in director.get(page_of(draft, name)).text
