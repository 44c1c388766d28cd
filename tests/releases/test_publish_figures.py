"""What a public source printed enters as printed, once, and is never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from tests.conftest import TwoNetworks
from tests.factories.people import NOW, make_network, make_person, root_of
from tests.factories.programs import make_cohort
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.enums import Role
from throughline.people.models import Network
from throughline.releases.actions import (
    PrintedCell,
    PublishedTable,
    publish_figures,
    recall_release,
)
from throughline.releases.enums import Audience, Kind, PlanState, ReleaseState, Shown, Whom
from throughline.releases.models import (
    BaseCells,
    Population,
    Release,
    ReleaseBook,
    ReleaseEntry,
    ReleasePlan,
)
from throughline.releases.queries import canonical, released_tables

pytestmark = pytest.mark.django_db

QUESTION = {"measure": "rate", "school_year": 2015}
TABLE = PublishedTable(
    question=QUESTION,
    period="2015",
    source="A department",
    table="Table 1",
    retrieved_on=date(2026, 11, 20),
    sha256="a" * 64,
    dimensions=["school", "group"],
    measures=["rate"],
    cells=[
        PrintedCell("1:ALL", 268, "83"),
        PrintedCell("1:MBL", 49, "60-69"),
        PrintedCell("1:LEP", 4, "PS"),
        PrintedCell("1:MTR", None, "."),
    ],
)


def make_population(network: Network, least: int = 10) -> Population:
    return Population.objects.create(
        network=network, scope=root_of(network), whom=Whom.STUDENTS, title="Students", least=least
    )


def test_figures_enter_as_printed_with_the_range_they_stand_for():
    release = publish_figures(make_population(make_network()), TABLE, by=None, now=NOW)

    entries = release.entries.order_by("pk").values_list(
        "cell", "n", "low", "high", "printed", "shown"
    )
    assert list(entries) == [
        ("1:ALL", 268, Decimal("82.5"), Decimal("83.5"), "83", Shown.VALUE),
        ("1:MBL", 49, Decimal("59.5"), Decimal("69.5"), "60-69", Shown.BAND),
        ("1:LEP", 4, Decimal(0), Decimal(100), "PS", Shown.BAND),
        ("1:MTR", None, None, None, ".", Shown.BAND),
    ]
    assert (release.cells.source, release.cells.table) == ("A department", "Table 1")
    assert (release.state, release.plan.state) == (ReleaseState.RELEASED, PlanState.DECIDED)
    assert AuditEvent.objects.filter(verb="published", key=release.ref).count() == 1


def test_entering_the_same_table_twice_returns_the_release_that_stands():
    population = make_population(make_network())

    first = publish_figures(population, TABLE, by=None, now=NOW)
    second = publish_figures(population, TABLE, by=None, now=NOW + timedelta(days=1))

    assert second == first
    assert (Release.objects.count(), BaseCells.objects.count()) == (1, 1)


def test_a_newer_file_supersedes_and_only_it_answers():
    network = make_network()
    population, reader = make_population(network), make_person(network)
    publish_figures(population, TABLE, by=None, now=NOW)
    corrected = replace(TABLE, sha256="b" * 64, cells=[PrintedCell("1:ALL", 268, "84")])

    newer = publish_figures(population, corrected, by=None, now=NOW)

    assert (newer.number, newer.cells.supersedes_id is not None) == (2, True)
    assert [
        (t.release, [e.printed for e in t.entries]) for t in released_tables(reader, [QUESTION])
    ] == [(newer, ["84"])]


def test_a_stranger_to_the_network_enters_nothing(two_networks: TwoNetworks):
    population = make_population(two_networks.ours)

    for by in (two_networks.their_director, make_person(two_networks.ours)):
        with pytest.raises(NotAllowed, match="take part in this network"):
            publish_figures(population, TABLE, by=by, now=NOW)
    assert Release.objects.count() == 0


def test_an_unknown_form_or_a_cell_given_twice_enters_nothing():
    population = make_population(make_network())

    for cells, words in [
        ([PrintedCell("1:ALL", 9, "<10")], "not a printed rate"),
        ([PrintedCell("1:ALL", 9, "GE50")] * 2, "appears twice"),
    ]:
        with pytest.raises(BadInput, match=words):
            publish_figures(population, replace(TABLE, cells=cells), by=None, now=NOW)
    assert (Release.objects.count(), BaseCells.objects.count()) == (0, 0)


def test_published_figures_are_known_in_their_network_and_not_in_another(two_networks: TwoNetworks):
    release = publish_figures(make_population(two_networks.ours), TABLE, by=None, now=NOW)
    member = make_person(two_networks.ours)

    assert list(Release.objects.visible_to(member)) == [release]
    assert list(Release.objects.visible_to(two_networks.their_director)) == []
    assert released_tables(two_networks.their_director, [QUESTION]) == []


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience.FUNDER, {Role.FUNDER, Role.DIRECTOR}),
        (Audience.COHORT, {Role.FELLOW, Role.DIRECTOR}),
    ],
)
def test_figures_for_a_funder_are_not_the_cohorts_nor_the_cohorts_the_funders(
    audience: Audience, readers: set[Role]
):
    scope = make_cohort().scope
    population = Population.objects.create(
        network=scope.network, scope=scope, whom=Whom.STUDENTS, title="Students"
    )
    release = publish_figures(population, TABLE, by=None, now=NOW)
    ReleaseBook.objects.filter(pk=release.book_id).update(audience=audience)
    roles = (Role.FUNDER, Role.FELLOW, Role.REVIEWER, Role.COMMITTEE, Role.DIRECTOR)

    seen = {
        role
        for role in roles
        if Release.objects.visible_to(make_person(scope.network, role=role, scope=scope)).exists()
    }

    assert seen == readers


def test_a_question_nobody_planned_has_no_answer_and_reading_makes_none():
    network = make_network()
    publish_figures(make_population(network), TABLE, by=None, now=NOW)

    assert released_tables(make_person(network), [{"measure": "another"}]) == []
    assert Release.objects.count() == 1


def test_a_question_is_the_same_whatever_order_its_parts_come_in():
    assert canonical({"a": 1, "b": ["x"]}) == canonical({"b": ["x"], "a": 1})


def test_reading_many_tables_takes_as_many_queries_as_reading_one(django_assert_num_queries):
    network = make_network()
    population, reader = make_population(network), make_person(network)
    questions = [{**QUESTION, "school_year": year} for year in (2013, 2014, 2015)]
    for question in questions:
        year = str(question["school_year"])
        table = replace(TABLE, question=question, period=year, sha256=year * 16)
        publish_figures(population, table, by=None, now=NOW)
    assert reader.ids and not reader.live_roles  # read once a request, whatever is asked

    for asked in (questions[:1], questions):
        with django_assert_num_queries(2):
            assert len(released_tables(reader, asked)) == len(asked)


def test_a_recalled_release_keeps_its_entries_and_is_shown_nowhere(two_networks: TwoNetworks):
    release = publish_figures(make_population(two_networks.ours), TABLE, by=None, now=NOW)
    director = two_networks.our_director

    recall_release(release, reason="The department withdrew the table.", by=director, now=NOW)

    assert release.entries.count() == 4
    assert released_tables(director, [QUESTION]) == []
    with pytest.raises(WrongState, match="already been recalled"):
        recall_release(release, reason="Again.", by=director, now=NOW)


def test_a_recall_needs_a_reason_and_staff(two_networks: TwoNetworks):
    release = publish_figures(make_population(two_networks.ours), TABLE, by=None, now=NOW)

    with pytest.raises(BadInput, match="Say why"):
        recall_release(release, reason=" ", by=two_networks.our_director, now=NOW)
    with pytest.raises(NotAllowed, match="staff can recall"):
        recall_release(release, reason="No.", by=make_person(two_networks.ours), now=NOW)
    release.refresh_from_db()
    assert release.state == ReleaseState.RELEASED


def refuses(make) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_what_the_door_forbids():
    network = make_network()
    population = make_population(network)
    release = publish_figures(population, TABLE, by=None, now=NOW)
    book = release.book

    def entry(**columns: object) -> None:
        given = {"network": network, "release": release, "cell": "9:ALL", "shown": Shown.VALUE}
        ReleaseEntry.objects.create(**{**given, **columns})

    refuses(lambda: make_population(network, least=4))
    refuses(lambda: entry(shown=Shown.HIDDEN, n=4))
    refuses(lambda: entry(events=5, n=4))
    refuses(lambda: entry(reason="published_so", printed=""))
    refuses(lambda: entry(cell="1:ALL"))
    refuses(lambda: entry(low=9, high=8))
    refuses(
        lambda: ReleaseBook.objects.create(
            network=network, population=population, audience=Audience.TEAM, policy="x",
            policy_sha256="x", threshold=4,
        )
    )  # fmt: skip
    refuses(
        lambda: ReleasePlan.objects.create(
            network=network, cells=release.cells, book=book, number=2, state=PlanState.DECIDED
        )
    )
    refuses(
        lambda: BaseCells.objects.create(
            network=network, population=population, period="2014", kind=Kind.PUBLISHED,
            sha256="c" * 64, cells=1, frozen_at=NOW,
        )
    )  # fmt: skip
    refuses(
        lambda: Release.objects.create(
            network=network, plan=release.plan, book=book, cells=release.cells, number=9,
            question_sha256="d" * 64, kind=Kind.COUNTED, state=ReleaseState.RELEASED,
            released_at=NOW, sha256="d" * 64,
        )
    )  # fmt: skip


def test_entries_are_only_added_to():
    release = publish_figures(make_population(make_network()), TABLE, by=None, now=NOW)

    for change in (
        lambda: release.entries.update(printed="99"),
        lambda: release.entries.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            change()
