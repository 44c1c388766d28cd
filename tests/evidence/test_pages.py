"""Pages of evidence: what they say, to whom, and at what cost."""

from __future__ import annotations

import csv
import html
import io
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.conftest import TwoNetworks
from tests.evidence.test_actions import make_member
from tests.factories.evidence import (
    DURHAM,
    EAST_BATON_ROUGE,
    TULSA,
    VICKSBURG,
    make_finding,
    make_graduation,
    make_real_place,
)
from tests.factories.people import make_network, make_person
from throughline.evidence import hooks
from throughline.evidence.models import Finding
from throughline.evidence.shipped.demo_districts import DEMO_DISTRICTS
from throughline.jobs.models import Job
from throughline.people.enums import Role
from throughline.releases.models import BaseCells, Release, ReleaseEntry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def page_of(code: str) -> str:
    return reverse("evidence:graduation", args=[code])


def words(response) -> str:
    """The text of a page, one space between words."""
    text = re.sub(
        r"<(script|style|title).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL
    )
    return re.sub(r"\s+", " ", html.unescape(text))


@pytest.mark.requirement("RELN-47")
def test_the_first_view_shows_race_income_language_and_disability_with_year_and_comparator(
    as_person,
):
    network = make_network()
    make_graduation(network)

    response = as_person(make_person(network)).get(page_of(VICKSBURG))

    assert response.status_code == 200
    text = words(response)
    assert (
        "In 2014–15, Vicksburg Warren School District graduated Black students, economically "
        "disadvantaged students and students with disabilities at a rate at least"
    ) in text
    assert [row.label for row in response.context["page"].rows] == [
        "Black students",
        "Economically disadvantaged students",
        "Students with disabilities",
        "White students",
    ]
    assert "Groups in alphabetical order." in text
    assert "lowest and highest that the figures for all students allow" in text
    assert "Source: US Department of Education, EDFacts" in text
    assert (
        "Counted: 569 of the 569 students in these schools' cohorts, from 2 of 2 schools." in text
    )
    assert "Why the newest year is 2014–15" in text


def test_a_state_whose_schools_fall_short_carries_a_warning(as_person):
    network = make_network()
    make_graduation(network)
    client = as_person(make_person(network))

    assert "do not add up to the state's own published rate for 4 of 9" in words(
        client.get(page_of(VICKSBURG))
    )
    assert "do not add up" not in words(client.get(f"{page_of(VICKSBURG)}?year=2013"))


@pytest.mark.parametrize(
    ("code", "sentence", "newest"),
    [
        (TULSA, "2011–12: the federal file holds no school of this state (OK).", 2015),
        (EAST_BATON_ROUGE, "2014–15: the federal file holds no school of this state (LA).", 2014),
    ],
)
def test_a_missing_year_is_named_with_its_reason(as_person, code, sentence, newest):
    network = make_network()
    make_graduation(network, code)

    response = as_person(make_person(network)).get(page_of(code))

    assert (sentence in words(response), response.context["page"].year) == (True, newest)


def test_the_reader_chooses_year_groups_comparator_and_schools(as_person):
    network = make_network()
    make_graduation(network)

    response = as_person(make_person(network)).get(
        page_of(VICKSBURG), {"year": "2013", "by": "race", "compare_with": "MWH", "look": "MBL"}
    )

    page = response.context["page"]
    assert [row.key for row in page.rows] == ["MBL", "MWH"]
    assert (page.year, page.comparator_label) == (2013, "White students")
    assert "School by school, as published: Black students, 2012–13" in words(response)


def test_nonsense_in_the_address_falls_back_to_the_first_view(as_person):
    network = make_network()
    make_graduation(network)
    asked = {"year": "99999", "by": "x", "compare_with": "'; --", "look": "<b>"}

    response = as_person(make_person(network)).get(page_of(VICKSBURG), asked)

    assert (response.status_code, response.context["page"].year) == (200, 2015)


def test_a_protected_group_is_shown_as_hidden_and_its_size_is_not(as_person):
    network = make_network()
    make_graduation(network, DURHAM)

    response = as_person(make_person(network)).get(page_of(DURHAM), {"by": "race"})

    hidden = [row for row in response.context["page"].rows if row.is_hidden]
    assert [(row.label, row.students, row.low, row.high) for row in hidden] == [
        ("American Indian and Alaska Native students", "–", None, None)
    ]
    released = response.context["page"].release.entries.filter(cell__endswith=":MAM")
    assert {entry.printed for entry in released} == {"PS"}
    assert "Hidden to protect privacy" in words(response)


def test_each_row_draws_the_range_it_says_and_the_ends_of_the_comparator(as_person):
    network = make_network()
    make_graduation(network)

    response = as_person(make_person(network)).get(page_of(VICKSBURG))

    line = response.context["groups"][2]
    assert (line.label, line.rate, line.second) == (
        "Students with disabilities",
        "4–22%",
        "47–66 below",
    )
    assert [(bar.start, bar.end) for bar in line.bars] == [("4%", "22%")]
    assert line.marks == ["68%", "71%"]


def test_groups_without_any_figure_are_named(as_person):
    network = make_network()
    make_graduation(network)

    text = words(as_person(make_person(network)).get(page_of(VICKSBURG)))

    assert (
        "The file has no figures here for: American Indian and Alaska Native students, Asian and "
        "Pacific Islander students, Latino students, multilingual learners and students of two or "
        "more races."
    ) in text


def test_no_word_on_the_page_claims_a_cause_or_ranks(as_person):
    network = make_network()
    make_graduation(network)

    text = words(as_person(make_person(network)).get(page_of(VICKSBURG))).lower()

    for claim in (
        "because of",
        "caused",
        "due to",
        "fail",
        "lag",
        "underperform",
        "at risk",
        "worst",
        "best",
    ):
        assert not re.search(rf"\b{claim}", text), claim


def test_looking_makes_no_release(as_person):
    network = make_network()
    place = make_graduation(network)
    before = (Release.objects.count(), ReleaseEntry.objects.count(), BaseCells.objects.count())
    client = as_person(make_person(network))

    for path in (
        page_of(VICKSBURG),
        f"{page_of(VICKSBURG)}?year=2016",
        reverse("evidence:figures", args=[place.code]),
    ):
        assert client.get(path).status_code == 200

    assert (
        Release.objects.count(),
        ReleaseEntry.objects.count(),
        BaseCells.objects.count(),
    ) == before


def test_every_figure_on_the_page_stands_in_a_release(as_person):
    network = make_network()
    make_graduation(network)

    response = as_person(make_person(network)).get(page_of(VICKSBURG))

    page = response.context["page"]
    released = {entry.cell: entry for entry in page.release.entries.all()}
    assert {row.rate for row in page.schools} == {"69%", "70%"}
    assert {released[cell].printed for cell in released if cell.endswith(":ALL")} == {"69", "70"}


def test_who_is_not_signed_in_is_asked_to(as_person):
    make_real_place()

    assert as_person(None).get(page_of(VICKSBURG)).status_code == 302


def test_another_network_sees_that_nothing_is_loaded_and_no_figure(
    as_person, two_networks: TwoNetworks
):
    make_graduation(two_networks.ours)

    response = as_person(two_networks.their_director).get(page_of(VICKSBURG))

    assert response.status_code == 200
    assert "These figures are not here yet" in words(response)
    assert "%" not in words(response)


def test_a_place_that_does_not_exist_is_not_found(as_person):
    make_real_place()

    client = as_person(make_person())

    assert client.get(page_of("0000000")).status_code == 404
    assert client.get(page_of("MS")).status_code == 404


def test_the_file_holds_exactly_what_the_page_shows(as_person):
    network = make_network()
    make_graduation(network)
    client = as_person(make_person(network))
    asked = {"year": "2015", "by": "race"}

    page = client.get(page_of(VICKSBURG), asked).context["page"]
    response = client.get(reverse("evidence:figures", args=[VICKSBURG]), asked)

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[4] for row in rows[1:4]] == ["Black students", "White students", "All students"]
    assert [row[5] for row in rows[1:4]] == [*(row.rate for row in page.rows), page.everyone.rate]
    assert [(row[3], row[5], row[8]) for row in rows[4:]] == [
        (school.name, school.rate, school.students) for school in page.schools
    ]
    assert {row[2] for row in rows[1:]} == {"2014–15"}


def test_a_page_takes_as_many_queries_with_two_schools_as_with_eighteen(as_person):
    network = make_network()
    make_graduation(network)
    make_graduation(network, EAST_BATON_ROUGE)
    client = as_person(make_person(network))
    counts = []

    for code in (VICKSBURG, EAST_BATON_ROUGE):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.get(page_of(code))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page_of(code)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 20


def test_figures_are_asked_for_by_those_who_take_part(as_person, two_networks: TwoNetworks):
    make_real_place()
    path = reverse("evidence:load", args=[VICKSBURG])

    as_person(make_person(two_networks.ours)).post(path)
    assert Job.objects.count() == 0
    assert as_person(two_networks.our_director).post(path).status_code == 302
    assert Job.objects.count() == 1


def test_districts_are_found_by_name_and_state(as_person):
    network = make_network()
    make_graduation(network)
    make_real_place(TULSA)
    client, path = as_person(make_person(network)), reverse("evidence:districts")

    def found(**asked: str) -> list[tuple[str, bool]]:
        lines = client.get(path, asked).context["found"].lines
        return [(line.name, line.is_loaded) for line in lines]

    assert found() == [("Vicksburg Warren School District", True)]
    assert found(name="tul") == [("Tulsa", False)]
    assert found(name="tul", state="MS") == []
    assert client.get(path, {"state": "XX"}).status_code == 422


def test_the_list_of_districts_takes_a_fixed_number_of_queries(
    as_person, django_assert_num_queries
):
    network = make_network()
    make_graduation(network)
    client, path = as_person(make_person(network)), reverse("evidence:districts")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(path, {"name": "a"})
    make_real_place(TULSA)
    make_real_place(EAST_BATON_ROUGE)
    with CaptureQueriesContext(connection) as three:
        client.get(path, {"name": "a"})

    assert len(one) == len(three) <= 14


def keep(client, **values: str):
    sent = {
        "year": "2015", "comparator": "ALL", "group": "CWD", "tier": "team", "note": "Look at this.",
        "once": str(uuid4()),
    }  # fmt: skip
    return client.post(reverse("evidence:keep", args=[VICKSBURG]), {**sent, **values})


def test_a_member_keeps_a_figure_for_her_team_and_sees_who_reads_it(as_person):
    network = make_network()
    make_graduation(network)
    member, team = make_member(network)
    client = as_person(member)

    response = keep(client)

    kept = Finding.objects.get()
    assert (kept.scope, kept.tier, kept.words) == (team, "team", "Look at this.")
    shown = client.get(response.url)
    assert "Who reads it: My team (Design team)" in words(shown)
    assert kept.sentence in words(shown)


def test_sending_the_form_twice_keeps_one_finding(as_person):
    network = make_network()
    make_graduation(network)
    member, _team = make_member(network)
    client, once = as_person(member), str(uuid4())

    first, second = keep(client, once=once), keep(client, once=once)

    assert (first.url, Finding.objects.count()) == (second.url, 1)


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(as_person):
    network = make_network()
    make_graduation(network)
    member, _team = make_member(network)

    response = keep(as_person(member), group="")

    assert response.status_code == 422
    assert "Choose the students this finding is about." in words(response)
    assert "Look at this." in words(response)
    assert Finding.objects.count() == 0


def test_a_finding_is_hidden_from_strangers_staff_and_another_network(
    as_person, two_networks: TwoNetworks
):
    network = two_networks.ours
    place = make_graduation(network)
    member, team = make_member(network)
    path = reverse("evidence:finding", args=[make_finding(member, place, team).ref])
    mate = make_person(network, role=Role.MEMBER, scope=team)

    answers = [
        as_person(reader).get(path).status_code
        for reader in (
            member,
            mate,
            make_person(network),
            two_networks.our_director,
            two_networks.their_director,
        )
    ]

    assert answers == [200, 200, 404, 404, 404]


def test_what_a_higher_app_offers_stands_beside_a_finding(as_person, monkeypatch):
    network = make_network()
    place = make_graduation(network)
    member, team = make_member(network)
    offer = hooks.NextStep("Do something with it", "/somewhere/")
    monkeypatch.setattr(hooks, "NEXT_STEPS", [lambda person, finding: offer])
    client = as_person(member)

    shown = client.get(reverse("evidence:finding", args=[make_finding(member, place, team).ref]))

    assert "Do something with it" in words(shown)
    assert keep(client, then="challenge").url == "/somewhere/"


def test_the_demo_districts_are_thirty():
    assert len({district.leaid for district in DEMO_DISTRICTS}) == 30
