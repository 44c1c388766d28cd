"""A cohort gets another first day, or goes on under a later version: what moves and what stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.ledger import open_promises
from tests.factories.people import NOW, make_network, make_staff
from tests.factories.programs import (
    blueprint_text,
    make_cohort,
    make_engagement,
    place_events,
)
from tests.factories.teams import make_team
from tests.factories.threads import at_once
from throughline.admissions.models import Call
from throughline.audit.models import AuditEvent
from throughline.convenings.actions.move_event import move_event
from throughline.convenings.actions.place_event import place_event
from throughline.convenings.actions.publish_event import publish_event
from throughline.convenings.actions.register import expect_engagement
from throughline.convenings.models import Event, Seat, SeatBlock
from throughline.core.blueprint.editing import put
from throughline.core.blueprint.faults import Place
from throughline.core.errors import BadInput, DomainError, NotAllowed, WrongState
from throughline.ledger.models import Entitlement, Promise
from throughline.ledger.rules import sums_of
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.actions.import_blueprint import import_blueprint
from throughline.programs.actions.replan_cohort import move_start, upgrade_cohort
from throughline.programs.models import (
    BlueprintUpgrade,
    BlueprintVersion,
    Cohort,
    DistrictEngagement,
)
from throughline.programs.replanning import Fate, shifts_of
from throughline.programs.upgrading import preview_of

AsPerson = Callable[[Person | None], Client]

AHEAD = date(2027, 1, 11)
LONGER: dict[Place, Any] = {
    ("convenings", "series", "network", "length"): "5 half-days",
    ("convenings", "series", "network", "on"): "Wednesday",
    ("ledger", "entitlements", "convening-days", "quantity"): "25 half-days",
}
SERIES = "series.network"


def later_version(cohort: Cohort, values: dict[Place, Any], *, number: int = 2) -> BlueprintVersion:
    source = put(cohort.version.source, {("blueprint", "version"): number, **values})
    return import_blueprint(cohort.network, source, by=None, now=NOW)


def make_seated(cohort: Cohort) -> DistrictEngagement:
    """A district of the cohort that has what was promised to it."""
    engagement = make_engagement(cohort)
    open_promises(engagement)
    return engagement


def events_of(cohort: Cohort) -> list[Event]:
    return list(Event.objects.filter(scope=cohort.scope_id).order_by("number"))


def days_of(cohort: Cohort) -> dict[str, date]:
    return {item.key: item.on for item in cohort.calendar.all()}


@pytest.mark.django_db
def test_another_first_day_moves_dates_events_promises_and_the_call():
    cohort = make_cohort(starts_on=date(2027, 9, 6))
    call = Call.objects.get(cohort=cohort)

    moved = move_start(cohort, date(2027, 10, 4), by=None, now=NOW)

    assert (moved.starts_on, moved.ends_on) == (date(2027, 10, 4), date(2029, 4, 3))
    assert days_of(cohort)[f"{SERIES}.1"] == date(2027, 11, 4)
    assert [one.first_day for one in events_of(cohort)][:1] == [date(2027, 11, 4)]
    assert set(Promise.objects.values_list("expires_on", flat=True)) == {date(2029, 4, 3)}
    assert Call.objects.get(cohort=cohort).closes_at - call.closes_at == timedelta(days=28)
    assert cohort.phases.get(key="see").from_on == date(2027, 10, 4)


@pytest.mark.django_db
def test_a_pinned_date_stays_and_the_preview_says_why():
    cohort = make_cohort(starts_on=date(2027, 9, 6))
    second = events_of(cohort)[1]
    move_event(second, first_day=date(2028, 2, 24), by=None, now=NOW)

    shifts = shifts_of(
        cohort, version=cohort.version, starts_on=date(2027, 10, 4), today=NOW.date()
    )
    move_start(cohort, date(2027, 10, 4), by=None, now=NOW)

    (pinned,) = [shift for shift in shifts if shift.fate is Fate.PINNED]
    assert (pinned.key, pinned.stays) == (f"{SERIES}.2", "A person chose this day.")
    assert events_of(cohort)[1].first_day == date(2028, 2, 24)


@pytest.mark.django_db
def test_the_preview_names_holidays_that_move_a_date():
    cohort = make_cohort(starts_on=date(2026, 12, 14))

    shifts = shifts_of(cohort, version=cohort.version, starts_on=AHEAD, today=NOW.date())

    second = next(shift for shift in shifts if shift.key == f"{SERIES}.2")
    assert second.after == (date(2027, 6, 24), date(2027, 6, 25))
    assert "Juneteenth" in second.moved_because


@pytest.mark.django_db
def test_a_cohort_that_has_begun_keeps_its_first_day():
    with pytest.raises(WrongState, match="has begun"):
        move_start(make_cohort(), AHEAD, by=None, now=NOW)


@pytest.mark.django_db
def test_a_first_day_in_the_past_and_a_coordinator_are_refused():
    cohort = make_cohort(starts_on=date(2027, 9, 6))

    with pytest.raises(BadInput, match="lies ahead"):
        move_start(cohort, NOW.date(), by=None, now=NOW)
    with pytest.raises(NotAllowed):
        coordinator = make_staff(cohort.network, role=Role.COORDINATOR)
        move_start(cohort, AHEAD, by=coordinator, now=NOW)


@pytest.mark.django_db
def test_longer_convenings_reach_those_that_lie_ahead_and_are_granted():
    cohort = make_cohort()  # began seven months ago: two convenings have taken place
    engagement = make_seated(cohort)
    before = [one.half_days for one in events_of(cohort)]

    upgrade_cohort(cohort, later_version(cohort, LONGER), by=None, now=NOW)

    ahead = [one for one in events_of(cohort) if one.first_day and one.first_day > NOW.date()]
    assert before == [4, 4, 4, 4, 4]
    assert [one.half_days for one in events_of(cohort)] == [4, 4, 5, 5, 5]
    assert [one.first_day.weekday() for one in ahead if one.first_day] == [2, 2, 2]
    assert [one.blocks.count() for one in ahead] == [5, 5, 5]
    promise = Promise.objects.get(cohort=cohort, key="convening-days")
    entitlement = Entitlement.objects.get(promise=promise, engagement=engagement)
    assert sums_of([entitlement.pk])[entitlement.pk].granted == 25
    assert promise.label == "25 half-days of network convenings"


@pytest.mark.django_db
def test_who_holds_a_seat_is_expected_on_the_added_half_day():
    cohort = make_cohort()
    place_events(cohort)
    engagement = make_seated(cohort)
    event = events_of(cohort)[3]
    publish_event(event, by=None, now=NOW)
    expect_engagement(event, engagement, by=None, now=NOW)

    upgrade_cohort(cohort, later_version(cohort, LONGER), by=None, now=NOW)

    seat = Seat.objects.get(event=event)
    places = SeatBlock.objects.filter(seat=seat).order_by("block__position")
    assert [place.scheduled_entry is not None for place in places] == [True] * 5


@pytest.mark.django_db
def test_shorter_convenings_free_what_was_booked_and_take_nothing_granted():
    cohort = make_cohort()
    place_events(cohort)
    engagement = make_seated(cohort)
    event = events_of(cohort)[3]
    publish_event(event, by=None, now=NOW)
    expect_engagement(event, engagement, by=None, now=NOW)
    shorter: dict[Place, Any] = {
        ("convenings", "series", "network", "length"): "1 day",
        ("convenings", "series", "network", "agenda"): None,
        ("ledger", "entitlements", "convening-days", "quantity"): "5 days",
    }
    in_spanish = "convenings.series.network.agenda.{}.title"
    shorter |= {("translations", "es", in_spanish.format(one)): None for one in range(1, 5)}

    upgrade_cohort(cohort, later_version(cohort, shorter), by=None, now=NOW)

    event.refresh_from_db()
    entitlement = Entitlement.objects.get(promise__key="convening-days", engagement=engagement)
    sums = sums_of([entitlement.pk])[entitlement.pk]
    assert (event.half_days, event.first_day) == (2, event.last_day)
    assert (sums.granted, sums.scheduled) == (20, 2)


@pytest.mark.django_db
def test_a_promise_that_shrank_and_grew_again_is_granted_once():
    cohort = make_cohort()
    engagement = make_seated(cohort)
    quantity: Place = ("ledger", "entitlements", "convening-days", "quantity")
    length: Place = ("convenings", "series", "network", "length")
    count: Place = ("ledger", "entitlements", "convening-days", "of")
    fewer: dict[Place, Any] = {quantity: "8 days", count: []}

    less = upgrade_cohort(cohort, later_version(cohort, fewer), by=None, now=NOW)
    back: dict[Place, Any] = {quantity: "10 days", length: "2 days"}
    upgrade_cohort(less, later_version(less, back, number=3), by=None, now=NOW)

    entitlement = Entitlement.objects.get(promise__key="convening-days", engagement=engagement)
    assert sums_of([entitlement.pk])[entitlement.pk].granted == 20


@pytest.mark.django_db
def test_a_theme_that_a_host_typed_stays_when_the_file_changes_its_own():
    cohort = make_cohort()
    *_past, fourth, fifth = events_of(cohort)
    place_event(fourth, place_words="Hall", theme="Courage, out loud", by=None, now=NOW)
    themes = ("convenings", "series", "network", "themes")
    values: dict[Place, Any] = {
        (*themes, 3, "title"): "Rules and money",
        (*themes, 4, "title"): "Keep and share",
    }

    upgrade_cohort(cohort, later_version(cohort, values), by=None, now=NOW)

    fourth.refresh_from_db()
    fifth.refresh_from_db()
    assert (fourth.theme, fifth.theme) == ("Courage, out loud", "Keep and share")


@pytest.mark.django_db
def test_a_renamed_term_reaches_titles_and_promises_at_once():
    cohort = make_cohort()
    words: dict[Place, Any] = {
        ("words", "en", "convening", "one"): "gathering",
        ("words", "en", "convening", "other"): "gatherings",
    }

    upgrade_cohort(cohort, later_version(cohort, words), by=None, now=NOW)

    titles = [
        one.title for one in events_of(cohort) if one.first_day and one.first_day > NOW.date()
    ]
    assert titles == ["Gathering 3", "Gathering 4", "Gathering 5"]
    assert Promise.objects.get(key="convening-days").label == "10 days of gatherings"


@pytest.mark.django_db
def test_places_are_added_at_once_and_only_free_ones_taken_away():
    cohort = make_cohort()
    more = upgrade_cohort(
        cohort, later_version(cohort, {("program", "cohort", "max"): 14}), by=None, now=NOW
    )
    numbers = sorted(more.seats.values_list("number", flat=True))

    fewer = upgrade_cohort(
        more, later_version(more, {("program", "cohort", "max"): 11}, number=3), by=None, now=NOW
    )

    assert numbers == list(range(1, 15))
    assert fewer.seats.count() == 11


@pytest.mark.django_db
def test_the_preview_says_what_changes_for_whom():
    cohort = make_cohort()
    team = make_team(make_seated(cohort), members=6)
    version = later_version(cohort, {**LONGER, ("teams", "rings", "design-team", "max"): 5})

    preview = preview_of(cohort, version, today=NOW.date())

    assert team.memberships.count() == 6
    assert list(preview.people) == [
        "10 days of network convenings: 1 holder gets 2.5 days more.",
        "1 design teams are above the new most of 5; they stay as they are.",
    ]
    effects = {one.change.path: one.how for one in preview.effects}
    assert effects["teams.rings.design-team.max"] == "From today; no team is dissolved."
    assert {shift.fate for shift in preview.shifts} == {Fate.MOVES, Fate.HAPPENED}


@pytest.mark.django_db
def test_an_upgrade_is_recorded_with_what_differed_and_goes_forward_only():
    cohort = make_cohort()
    first, second = cohort.version, later_version(cohort, {("program", "cohort", "max"): 14})
    director = make_staff(cohort.network)

    cohort = upgrade_cohort(cohort, second, by=director, now=NOW)
    upgrade_cohort(cohort, second, by=director, now=NOW)

    (upgrade,) = BlueprintUpgrade.objects.all()
    assert (upgrade.left, upgrade.joined, upgrade.decided_by) == (first, second, director)
    assert upgrade.diff == [["program.cohort.max", 12, 14]]
    assert AuditEvent.objects.filter(verb="upgraded").count() == 1
    with pytest.raises(BadInput, match="never back"):
        upgrade_cohort(cohort, first, by=director, now=NOW)


@pytest.mark.django_db
def test_a_version_of_another_program_is_refused():
    cohort = make_cohort()
    other = import_blueprint(cohort.network, blueprint_text("news"), by=None, now=NOW)

    with pytest.raises(BadInput, match="of this program"):
        upgrade_cohort(cohort, other, by=None, now=NOW)


@pytest.mark.django_db
def test_what_has_happened_is_the_same_after_an_upgrade():
    cohort = make_cohort()
    past = {key: day for key, day in days_of(cohort).items() if day <= NOW.date()}
    marks = list(events_of(cohort)[0].blocks.values_list("pk", flat=True))

    upgrade_cohort(cohort, later_version(cohort, LONGER), by=None, now=NOW)

    assert past.items() <= days_of(cohort).items()
    assert list(events_of(cohort)[0].blocks.values_list("pk", flat=True)) == marks


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_upgrade_pressed_four_times_at_once_grants_once():
    cohort = make_cohort(make_network())
    make_seated(cohort)
    version = later_version(cohort, LONGER)

    def press(now: datetime) -> object:
        found = Cohort.objects.select_related("version", "program", "scope").get(pk=cohort.pk)
        return upgrade_cohort(found, version, by=None, now=now)

    results = at_once([partial(press, NOW)] * 4)

    assert all(isinstance(one, Cohort | DomainError) for one in results)
    assert BlueprintUpgrade.objects.count() == 1
    entitlement = Entitlement.objects.get(promise__key="convening-days")
    assert sums_of([entitlement.pk])[entitlement.pk].granted == 25


@pytest.mark.django_db
def test_a_director_reads_every_move_before_the_first_day_moves(as_person: AsPerson):
    cohort = make_cohort(starts_on=date(2027, 9, 6))
    client = as_person(make_staff(cohort.network))
    url = reverse("programs:move", args=[cohort.ref])

    shown = client.get(url, {"starts_on": "2027-10-04"})
    late = client.get(url, {"starts_on": "soon"})
    done = client.post(url, {"starts_on": "2027-10-04", "revision": str(cohort.revision)})
    stale = client.post(url, {"starts_on": "2027-11-01", "revision": str(cohort.revision)})

    assert "Network convening" in shown.text
    assert "Nov 4–5, 2027" in shown.text
    assert (late.status_code, done.status_code, stale.status_code) == (422, 302, 422)
    assert "somebody changed it a moment ago" in stale.text
    assert Cohort.objects.get(pk=cohort.pk).starts_on == date(2027, 10, 4)


@pytest.mark.django_db
def test_a_director_reads_what_a_version_changes_before_the_cohort_goes_on(as_person: AsPerson):
    cohort = make_cohort()
    make_seated(cohort)
    later_version(cohort, LONGER)
    client = as_person(make_staff(cohort.network))
    url = reverse("programs:upgrade", args=[cohort.ref])

    offered = client.get(reverse("programs:cohort", args=[cohort.ref]))
    shown = client.get(url, {"version": "2"})
    unchanged = Cohort.objects.get(pk=cohort.pk).version.number
    done = client.post(url, {"version": "2", "revision": str(cohort.revision)})

    assert "Version 2 is published" in offered.text
    assert "1 holder gets 2.5 days more" in shown.text
    assert "It has taken place." in shown.text
    assert unchanged == 1
    assert done.status_code == 302
    assert Cohort.objects.get(pk=cohort.pk).version.number == 2
    assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_who_may_not_replan_finds_no_page(as_person: AsPerson):
    cohort = make_cohort(starts_on=date(2027, 9, 6))
    later_version(cohort, LONGER)
    coordinator = as_person(make_staff(cohort.network, role=Role.COORDINATOR))
    stranger = as_person(make_staff(make_network("Other")))

    for client in (coordinator, stranger):
        for name in ("move", "upgrade"):
            url = reverse(f"programs:{name}", args=[cohort.ref])
            assert client.get(url).status_code == 404
            assert client.post(url, {"starts_on": "2027-10-04", "version": "2"}).status_code == 404
