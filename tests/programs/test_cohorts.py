"""Opening a cohort from its blueprint."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.conftest import TwoNetworks
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import blueprint_text, make_cohort, make_version, place_events
from throughline.audit.models import AuditEvent
from throughline.core.decision import no
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.enums import Role
from throughline.programs import hooks
from throughline.programs.actions.import_blueprint import import_blueprint
from throughline.programs.actions.move_cohort import move_cohort, publish_cohort
from throughline.programs.actions.open_cohort import open_cohort, owed_numbers
from throughline.programs.blueprint import ProgramSection
from throughline.programs.enums import CohortState, HostPart
from throughline.programs.models import BlueprintVersion, Cohort
from throughline.programs.sections import section
from throughline.programs.words import words_of

pytestmark = pytest.mark.django_db


def test_an_imported_blueprint_makes_its_program_with_its_hosts(two_networks: TwoNetworks):
    version = import_blueprint(
        two_networks.ours, blueprint_text(), by=two_networks.our_director, now=NOW
    )

    assert (version.number, version.state, version.published_at) == (1, "published", NOW)
    assert version.program.name == "Racial Equity Leadership Network"
    assert version.program.scope.parent == two_networks.our_director.roles.get().scope
    assert list(version.program.hosts.values_list("organization__name", "part")) == [
        ("Southern Education Foundation", HostPart.LEAD),
        ("The Atlantic Philanthropies", HostPart.FUNDER),
    ]


def test_the_same_promises_in_another_layout_are_the_same_version(two_networks: TwoNetworks):
    first = make_version(two_networks.ours)

    again = make_version(two_networks.ours, source="# A comment.\n" + blueprint_text())

    assert again == first
    assert BlueprintVersion.objects.count() == 1


def test_a_version_number_never_stands_for_two_contents(two_networks: TwoNetworks):
    make_version(two_networks.ours)

    with pytest.raises(BadInput, match="Version 1 was published with other contents"):
        make_version(two_networks.ours, source=blueprint_text().replace("max = 12", "max = 14"))


def test_only_a_director_imports_a_blueprint(two_networks: TwoNetworks):
    coordinator = make_staff(two_networks.ours, role=Role.COORDINATOR)

    with pytest.raises(NotAllowed, match="Only a director"):
        import_blueprint(two_networks.ours, blueprint_text(), by=coordinator, now=NOW)


def test_a_file_that_does_not_pass_is_refused_with_its_line(two_networks: TwoNetworks):
    broken = blueprint_text().replace("max = 12", 'max = "a dozen"')

    with pytest.raises(BadInput, match=r"program\.cohort\.max"):
        make_version(two_networks.ours, source=broken)


def test_a_cohort_lasts_eighteen_months_with_five_two_day_convenings():
    cohort = make_cohort(starts_on=date(2027, 1, 11))

    series = cohort.calendar.filter(series="network")
    assert (cohort.starts_on, cohort.ends_on, cohort.months) == (
        date(2027, 1, 11), date(2028, 7, 10), 18,
    )  # fmt: skip
    assert [(one.number, one.computed_on, one.ends_on, one.half_days) for one in series] == [
        (1, date(2027, 2, 11), date(2027, 2, 12), 4),
        (2, date(2027, 6, 24), date(2027, 6, 25), 4),
        (3, date(2027, 10, 14), date(2027, 10, 15), 4),
        (4, date(2028, 2, 17), date(2028, 2, 18), 4),
        (5, date(2028, 6, 15), date(2028, 6, 16), 4),
    ]
    assert [phase.key for phase in cohort.phases.all()] == ["see", "design", "implement"]


def test_opening_the_same_cohort_twice_opens_it_once():
    version = make_version()
    settings: dict[str, Any] = {
        "version": version,
        "key": "c4",
        "label": "Cohort 4",
        "by": None,
        "now": NOW,
    }

    first = open_cohort(version.program, starts_on=date(2027, 1, 11), **settings)
    again = open_cohort(version.program, starts_on=date(2027, 1, 11), **settings)

    assert first == again
    assert first.seats.count() == 12
    assert AuditEvent.objects.filter(verb="opened", kind="programs.cohort").count() == 1


@pytest.mark.requirement("RELN-02")
def test_a_later_version_does_not_touch_a_cohort_that_runs(two_networks: TwoNetworks):
    running = make_cohort(two_networks.ours)
    later = blueprint_text().replace("version = 1\nname", "version = 2\nname", 1)

    following = make_cohort(
        two_networks.ours, source=later.replace("max = 12", "max = 14"), starts_on=date(2026, 9, 7)
    )

    assert following.program == running.program
    assert (running.seats.count(), following.seats.count()) == (12, 14)
    running.refresh_from_db()
    assert section(running.version, "program", ProgramSection).cohort.max == 12


def test_a_blueprint_that_still_owes_numbers_opens_no_cohort(two_networks: TwoNetworks):
    owing = blueprint_text().replace("\nmax = 12", '\nmax = "?"', 1)

    with pytest.raises(BadInput, match=r"still owes these numbers: program\.cohort\.max"):
        make_cohort(two_networks.ours, source=owing)


def test_numbers_that_are_owed_are_named_by_their_keys():
    parsed = {"a": {"rows": [{"key": "x", "n": "?"}, {"n": 1}]}, "b": "why?"}

    assert list(owed_numbers(parsed)) == ["a.rows[x].n"]


def test_who_listens_hears_of_a_cohort_in_the_same_moment(monkeypatch: pytest.MonkeyPatch):
    heard: list[tuple[str, object]] = []
    monkeypatch.setattr(
        hooks, "COHORT_OPENED", [lambda cohort, by, now: heard.append((cohort.key, by))]
    )

    make_cohort(key="c4")

    assert heard == [("c4", None)]


def test_a_cohort_is_not_published_while_a_part_of_it_is_missing(monkeypatch: pytest.MonkeyPatch):
    cohort = make_cohort()
    missing = no("The 3rd convening has no place yet.")
    monkeypatch.setattr(hooks, "MAY_PUBLISH", [lambda _: missing, lambda _: no("No dates.")])

    with pytest.raises(NotAllowed, match=r"The 3rd convening has no place yet\. No dates\."):
        publish_cohort(cohort, by=None, now=NOW)

    cohort.refresh_from_db()
    assert cohort.state == CohortState.PLANNED


def test_a_cohort_moves_one_step_at_a_time():
    cohort = make_cohort()

    place_events(cohort)
    publish_cohort(cohort, by=None, now=NOW)
    with pytest.raises(WrongState, match="cannot take that step"):
        publish_cohort(cohort, by=None, now=NOW)
    with pytest.raises(WrongState):
        move_cohort(cohort, CohortState.CLOSING, by=None, now=NOW)
    with pytest.raises(NotAllowed):
        move_cohort(cohort, CohortState.RUNNING, by=make_person(cohort.network), now=NOW)
    move_cohort(cohort, CohortState.RUNNING, by=make_staff(cohort.network), now=NOW)

    assert cohort.state == CohortState.RUNNING


def test_a_planned_cohort_is_seen_by_its_staff_only(two_networks: TwoNetworks):
    cohort = make_cohort(two_networks.ours)
    stranger = make_person(two_networks.ours)

    seen = [
        Cohort.objects.visible_to(one).filter(pk=cohort.pk).exists()
        for one in (two_networks.our_director, two_networks.their_director, stranger, None)
    ]
    place_events(cohort)
    publish_cohort(cohort, by=None, now=NOW)
    then = [
        Cohort.objects.visible_to(one).filter(pk=cohort.pk).exists()
        for one in (two_networks.our_director, two_networks.their_director, stranger, None)
    ]

    assert seen == [True, False, False, False]
    assert then == [True, False, True, True]


def test_a_program_speaks_in_its_own_words():
    words = words_of(make_version())

    assert (words.one("participant"), words.other("convening")) == ("fellow", "network convenings")
    assert words.one("week") == "week"
    assert words.fill("{Word.convening} for each {word.team}, {person.name}") == (
        "Network convening for each design team, {person.name}"
    )


def test_sections_are_built_once():
    version = make_version()

    assert section(version, "program", ProgramSection) is section(
        version, "program", ProgramSection
    )
