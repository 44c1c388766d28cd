"""Bringing published figures in, and keeping findings."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import TwoNetworks
from tests.factories.evidence import (
    EAST_BATON_ROUGE,
    TULSA,
    VICKSBURG,
    make_finding,
    make_graduation,
    make_real_place,
)
from tests.factories.people import NOW, make_network, make_person, make_place, root_of
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed
from throughline.evidence.actions import (
    ask_for_graduation,
    load_graduation,
    load_places,
    pin_finding,
)
from throughline.evidence.actions.load_graduation import load_rates
from throughline.evidence.enums import SnapshotState
from throughline.evidence.jobs import load_graduation as load_graduation_job
from throughline.evidence.models import Analysis, DataSet, Finding, Snapshot, SnapshotPlace
from throughline.evidence.queries import district_graduation
from throughline.evidence.shipped.reading import SchoolRate
from throughline.evidence.wide import read_file
from throughline.jobs.models import Job
from throughline.people.enums import PlaceKind, Role, ScopeKind
from throughline.people.models import Person, Place, Scope
from throughline.releases.models import Release, ReleaseEntry

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_states_and_districts_come_in_once_with_their_leading_zeros():
    make_real_place(VICKSBURG)

    made = load_places(NOW)

    assert (made, load_places(NOW)) == (12553, 0)
    huntsville = Place.objects.get(kind=PlaceKind.DISTRICT, code="0101800")
    assert (huntsville.name, huntsville.jurisdiction, huntsville.parent) == (
        "Huntsville City",
        "AL",
        Place.objects.get(kind=PlaceKind.STATE, code="AL"),
    )
    assert Place.objects.filter(kind=PlaceKind.STATE).count() == 52


@pytest.mark.slow
def test_a_district_and_its_state_get_one_release_a_school_year_each():
    network = make_network()

    place = make_graduation(network)

    assert list(Snapshot.objects.order_by("school_year").values_list("school_year", "state")) == [
        (year, SnapshotState.FROZEN) for year in (2012, 2013, 2014, 2015)
    ]
    of_place = Release.objects.filter(book__population__owner_place=place)
    of_state = Release.objects.filter(book__population__owner_place=place.parent)
    assert (of_place.count(), ReleaseEntry.objects.filter(release__in=of_place).count()) == (4, 49)
    assert (of_state.count(), ReleaseEntry.objects.filter(release__in=of_state).count()) == (4, 12)
    assert Place.objects.filter(parent=place, kind=PlaceKind.SCHOOL).count() == 3
    assert SnapshotPlace.objects.get(snapshot__school_year=2015).coverage == {
        "schools": 2, "schools_counted": 2, "students": 569, "students_counted": 569,
    }  # fmt: skip


@pytest.mark.slow
def test_loading_again_changes_nothing():
    network = make_network()
    place = make_graduation(network)
    events = AuditEvent.objects.count()

    make_graduation(network)

    assert (DataSet.objects.count(), Snapshot.objects.count()) == (1, 4)
    assert (ReleaseEntry.objects.count(), AuditEvent.objects.count()) == (61, events)
    assert Place.objects.filter(parent=place).count() == 3


@pytest.mark.slow
@pytest.mark.parametrize(("code", "missing"), [(TULSA, 2012), (EAST_BATON_ROUGE, 2015)])
def test_a_year_that_the_state_misses_is_missing(code, missing):
    make_graduation(make_network(), code)

    assert missing not in Snapshot.objects.values_list("school_year", flat=True)
    assert Snapshot.objects.count() == 3


@pytest.mark.slow
def test_a_newer_file_of_a_later_year_stands_beside_the_earlier_ones():
    network = make_network()
    place, reader = make_graduation(network), make_person(network)
    load_rates(
        place,
        [SchoolRate("280447000001", 2016, "ALL", 400, "81"), SchoolRate("280447000001", 2016, "MBL", 200, "75-79")],
        source="The department",
        license_words="Public domain",
        tables={2016: "A later table"},
        retrieved_on=date(2026, 11, 1),
        network=network,
        by=None,
        now=NOW,
    )  # fmt: skip

    page = district_graduation(reader, place)

    assert (page.years, page.year) == ([2012, 2013, 2014, 2015, 2016], 2016)
    assert page.takeaway == (
        "In 2015–16, Vicksburg Warren School District graduated Black students at a rate "
        "at least 1 percentage point below that of all students."
    )


@pytest.mark.slow
def test_a_corrected_file_of_the_same_year_supersedes():
    network = make_network()
    place, reader = make_graduation(network), make_person(network)
    load_rates(
        place, [SchoolRate("280447000001", 2015, "ALL", 400, "81")], source="The department",
        license_words="Public domain", tables={2015: "A corrected table"},
        retrieved_on=date(2026, 11, 1), network=network, by=None, now=NOW,
    )  # fmt: skip

    page = district_graduation(reader, place)

    states = (
        Snapshot.objects.filter(school_year=2015).order_by("pk").values_list("state", flat=True)
    )
    assert list(states) == [SnapshotState.SUPERSEDED, SnapshotState.FROZEN]
    assert (page.everyone.rate, page.source.table) == ("81%", "A corrected table")


def test_nothing_is_loaded_for_a_stranger_or_for_a_place_the_files_do_not_know(
    two_networks: TwoNetworks,
):
    place = make_real_place()

    for by in (two_networks.their_director, make_person(two_networks.ours)):
        with pytest.raises(NotAllowed, match="take part in this network"):
            load_graduation(place, network=two_networks.ours, by=by, now=NOW)
    assert place.parent is not None
    for nowhere in (make_place(), place.parent):
        with pytest.raises(BadInput, match="no school of this district"):
            load_graduation(nowhere, network=two_networks.ours, by=None, now=NOW)
    assert Release.objects.count() == 0


def test_asking_twice_queues_one_job_and_the_job_loads(two_networks: TwoNetworks):
    place, director = make_real_place(), two_networks.our_director

    ask_for_graduation(place, by=director, now=NOW)
    ask_for_graduation(place, by=director, now=NOW)
    [job] = Job.objects.filter(name="evidence.load_graduation")
    load_graduation_job(**job.args, now=NOW)

    assert Snapshot.objects.filter(network=two_networks.ours).count() == 4


def test_the_job_of_a_district_without_a_school_in_the_files_is_done_with_nothing(
    two_networks: TwoNetworks,
):
    ask_for_graduation(make_place(), by=two_networks.our_director, now=NOW)
    [job] = Job.objects.filter(name="evidence.load_graduation")

    load_graduation_job(**job.args, now=NOW)

    assert Release.objects.count() == 0


def test_only_people_who_take_part_ask_and_only_for_districts(two_networks: TwoNetworks):
    place = make_real_place()

    with pytest.raises(NotAllowed):
        ask_for_graduation(place, by=make_person(two_networks.ours), now=NOW)
    assert place.parent is not None
    with pytest.raises(BadInput, match="Choose a district"):
        ask_for_graduation(place.parent, by=two_networks.our_director, now=NOW)
    assert Job.objects.count() == 0


def make_member(network) -> tuple[Person, Scope]:
    """A member of a team, and the scope of the team."""
    cohort = Scope.objects.below(root_of(network), kind=ScopeKind.COHORT, label="Cohort")
    district = Scope.objects.below(cohort, kind=ScopeKind.ENGAGEMENT, label="District")
    team = Scope.objects.below(district, kind=ScopeKind.TEAM, label="Design team")
    return make_person(network, role=Role.MEMBER, scope=team), team


@pytest.mark.slow
def test_a_finding_is_a_sentence_with_year_range_students_and_comparator():
    network = make_network()
    place = make_graduation(network)
    member, team = make_member(network)

    finding = make_finding(member, place, team, note="We did not know this.")

    assert finding.sentence == (
        "2014–15, Vicksburg Warren School District: 4–22% of students with disabilities graduated "
        "in four years (61 students); all students: 68–71%."
    )
    assert (finding.words, finding.comparator, finding.cell) == (
        "We did not know this.",
        "ALL",
        "CWD",
    )
    assert finding.analysis.comparator == "ALL"
    assert AuditEvent.objects.filter(verb="pinned", key=finding.ref, by=member.pk).count() == 1


@pytest.mark.slow
def test_a_finding_kept_twice_by_one_form_is_one_finding():
    network = make_network()
    place = make_graduation(network)
    member, team = make_member(network)
    asked: dict[str, Any] = {
        "year": 2015,
        "group": "CWD",
        "comparator": "ALL",
        "scope": team,
        "tier": "team",
    }
    once = uuid4()

    first = pin_finding(place, **asked, once=once, by=member, now=NOW)
    second = pin_finding(place, **asked, once=once, by=member, now=NOW)
    third = pin_finding(place, **asked, once=uuid4(), by=member, now=NOW)

    assert (first == second, first == third) == (True, False)
    assert (Finding.objects.count(), Analysis.objects.count()) == (2, 1)


@pytest.mark.slow
def test_a_finding_that_does_not_exist_is_not_kept():
    network = make_network()
    place = make_graduation(network)
    member, team = make_member(network)
    asked: dict[str, Any] = {
        "year": 2015,
        "group": "CWD",
        "comparator": "ALL",
        "scope": team,
        "tier": "team",
    }

    wrong: list[tuple[dict[str, Any], str]] = [
        ({"year": 2016}, "no figures for this school year"),
        ({"group": "MAM"}, "no figure for these students"),
        ({"comparator": "MTR"}, "Choose another"),
    ]
    for change, words in wrong:
        with pytest.raises(BadInput, match=words):
            pin_finding(place, **{**asked, **change}, by=member, now=NOW)
    with pytest.raises(NotAllowed, match="your own team"):
        pin_finding(place, **asked, by=make_person(network), now=NOW)
    assert Finding.objects.count() == 0


@pytest.mark.slow
def test_a_team_finding_is_read_by_the_team_and_by_nobody_else(two_networks: TwoNetworks):
    network = two_networks.ours
    place = make_graduation(network)
    member, team = make_member(network)
    finding = make_finding(member, place, team)
    mate = make_person(network, role=Role.MEMBER, scope=team)

    assert list(Finding.objects.visible_to(mate)) == [finding]
    for other in (two_networks.our_director, two_networks.their_director, make_person(network)):
        assert list(Finding.objects.visible_to(other)) == []


@pytest.mark.slow
def test_a_private_note_is_sealed():
    network = make_network()
    place = make_graduation(network)
    member, team = make_member(network)

    finding = make_finding(member, place, team, tier="mine", note="Only for me.")

    assert (finding.body, bool(finding.sealed)) == ("", True)
    assert Finding.objects.get(pk=finding.pk).words == "Only for me."


WIDE = "LEAID,NCESSCH,SCHNAM," + ",".join(
    f"{group}_{what}_1516"
    for group in ("ALL", "MAM", "MAS", "MBL", "MHI", "MTR", "MWH", "CWD", "ECD", "LEP")
    for what in ("COHORT", "RATE")
)


def wide_file(folder, *rows: str):
    """A file as the department publishes it: the first two groups filled in."""
    path = folder / "edfacts_2016.csv"
    empty = ",." * 16
    path.write_text("\n".join([WIDE, *(f"{row}{empty}" for row in rows)]) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_command_adds_a_newer_file_to_the_districts_that_are_here(tmp_path, capsys):
    network = make_network()
    place, reader = make_graduation(network), make_person(network)
    path = wide_file(
        tmp_path,
        "2804470,280447099999,A New High School,120,85-89,3,PS",
        "0100005,010000500871,X,9,GE50,.,.",
    )

    call_command(
        "load_graduation_file",
        path,
        school_year=2016,
        network=network.key,
        retrieved_on=date(2026, 11, 1),
    )

    page = district_graduation(reader, place)
    assert "1 districts: Vicksburg Warren School District" in capsys.readouterr().out
    assert (page.year, page.everyone.rate) == (2016, "85–89%")
    assert [(row.name, row.rate) for row in page.schools] == [("A New High School", "85–89%")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2804470,280447099999,X,120,<90,.,.", "line 2: ALL: '<90' is not a printed rate"),
        (
            "2804470,280447099999,X,many,90,.,.",
            "line 2: ALL: expected a number of students, got 'many'",
        ),
        ("0100005,010000500871,X,120,90,.,.", "none of the districts"),
    ],
)
def test_a_file_that_cannot_be_read_names_the_line_and_changes_nothing(tmp_path, row, words):
    network = make_network()
    make_graduation(network)

    with pytest.raises(CommandError, match=words):
        call_command(
            "load_graduation_file", wide_file(tmp_path, row), school_year=2016, network=network.key,
            retrieved_on=date(2026, 11, 1),
        )  # fmt: skip

    assert Snapshot.objects.count() == 4


def test_a_file_of_another_year_is_refused_with_the_column_it_lacks(tmp_path):
    with pytest.raises(ValueError, match="line 1: expected the column ALL_COHORT_1617"):
        read_file(wide_file(tmp_path), 2017, ["2804470"])
