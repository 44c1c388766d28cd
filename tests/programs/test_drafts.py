"""Copying a program, editing it value by value, publishing it: what a host does without code."""

from __future__ import annotations

from datetime import timedelta
from difflib import ndiff
from functools import partial
from typing import Any

import pytest

from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.programs import blueprint_text, make_cohort, make_version
from tests.factories.threads import at_once
from throughline.audit.models import AuditEvent
from throughline.core.blueprint.faults import Place
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.enums import Role
from throughline.programs.actions.edit_draft import (
    discard_draft,
    edit_draft,
    publish_draft,
    replace_source,
)
from throughline.programs.actions.start_draft import copy_program, start_draft
from throughline.programs.drafts import Unreadable, draft_of
from throughline.programs.models import BlueprintVersion, Program

TEAM_MIN: Place = ("teams", "rings", "design-team", "min")
LENGTH: Place = ("convenings", "series", "network", "length")
WEEKDAY: Place = ("convenings", "series", "network", "on")
DAYS: Place = ("ledger", "entitlements", "convening-days", "quantity")


def make_copy(name: str = "Promise Network") -> BlueprintVersion:
    return copy_program(make_network(), blueprint_text(), name=name, by=None, now=NOW)


def edit(draft: BlueprintVersion, values: dict[Place, Any], *, seen: str = "") -> BlueprintVersion:
    return edit_draft(draft, values, seen=seen or draft.sha256, by=None, now=NOW)


@pytest.mark.django_db
def test_a_copy_has_its_own_name_and_says_what_it_began_as():
    draft = make_copy()

    about = draft.parsed["blueprint"]
    assert (about["key"], about["name"], about["version"]) == (
        "promise-network", "Promise Network", 1,
    )  # fmt: skip
    assert about["derived_from"] == {"key": "reln", "version": 1}
    assert "# Replace with the host's own list" in draft.source
    assert not Program.objects.filter(name="Racial Equity Leadership Network").exists()


@pytest.mark.django_db
def test_an_edit_changes_its_values_and_no_comment():
    draft = make_copy()

    saved = edit(draft, {TEAM_MIN: 3, ("program", "cohort", "min"): 7})

    lines = ndiff(draft.source.splitlines(), saved.source.splitlines())
    assert [line for line in lines if line[0] in "+-"] == ["+ min = 7", "- min = 5", "+ min = 3"]
    assert saved.edited_at == NOW


@pytest.mark.django_db
def test_a_sum_that_no_longer_fits_is_kept_and_stops_publishing():
    draft = edit(make_copy(), {LENGTH: "5 half-days", WEEKDAY: "Wednesday"})

    found = draft_of(draft.program)

    assert found is not None
    assert [fault.path for fault in found.errors] == ["ledger.entitlements.convening-days.quantity"]
    with pytest.raises(BadInput, match="One thing is still to settle"):
        publish_draft(draft, seen=draft.sha256, by=None, now=NOW)
    settled = edit(draft, {DAYS: "25 half-days"})
    assert publish_draft(settled, seen=settled.sha256, by=None, now=NOW).state == "published"


@pytest.mark.django_db
def test_a_value_of_the_wrong_shape_is_refused_with_its_place():
    draft = make_copy()

    with pytest.raises(Unreadable) as refused:
        edit(draft, {TEAM_MIN: "three", ("program", "length"): "18 moths"})

    assert [fault.path for fault in refused.value.faults] == [
        "program.length", "teams.rings.design-team.min",
    ]  # fmt: skip
    assert draft_of(draft.program).version.source == draft.source


@pytest.mark.django_db
def test_a_published_version_never_changes():
    published = publish_draft(draft := make_copy(), seen=draft.sha256, by=None, now=NOW)

    again = publish_draft(published, seen="", by=None, now=NOW + timedelta(days=1))
    with pytest.raises(WrongState, match="Begin a new draft"):
        edit(published, {TEAM_MIN: 3})
    discard_draft(published, by=None, now=NOW)

    assert again.published_at == NOW
    assert BlueprintVersion.objects.get(pk=published.pk).source == draft.source


@pytest.mark.requirement("RELN-02")
@pytest.mark.django_db
def test_the_next_version_leaves_the_running_cohort_on_its_own():
    cohort = make_cohort()
    draft = edit(start_draft(cohort.program, by=None, now=NOW), {TEAM_MIN: 3})

    published = publish_draft(draft, seen=draft.sha256, by=None, now=NOW)

    cohort.refresh_from_db()
    assert (published.number, cohort.version.number) == (2, 1)
    assert cohort.version.parsed["teams"]["rings"]["design-team"]["min"] == 5
    later = make_cohort(cohort.network, source=published.source, label="Cohort 5")
    assert later.program == cohort.program
    assert later.version == published


@pytest.mark.django_db
def test_a_second_window_does_not_undo_the_first():
    draft = make_copy()
    edit(draft, {TEAM_MIN: 3})

    with pytest.raises(BadInput, match="changed in another window"):
        edit(draft, {TEAM_MIN: 4})

    current = BlueprintVersion.objects.get(pk=draft.pk)
    assert current.parsed["teams"]["rings"]["design-team"]["min"] == 3


@pytest.mark.django_db
def test_a_draft_that_changes_nothing_is_not_published():
    version = make_version()
    draft = start_draft(version.program, by=None, now=NOW)

    with pytest.raises(BadInput, match="Nothing differs"):
        publish_draft(draft, seen=draft.sha256, by=None, now=NOW)


@pytest.mark.django_db
def test_the_file_of_a_draft_keeps_its_key_and_its_number():
    draft = make_copy()
    other = draft.source.replace('key = "promise-network"', 'key = "mine"')

    saved = replace_source(draft, other, seen=draft.sha256, by=None, now=NOW)

    assert saved.parsed["blueprint"]["key"] == "promise-network"


@pytest.mark.django_db
def test_a_draft_thrown_away_can_be_begun_again():
    version = make_version()
    draft = start_draft(version.program, by=None, now=NOW)

    for _twice in range(2):
        discard_draft(draft, by=None, now=NOW)

    assert draft_of(version.program) is None
    assert start_draft(version.program, by=None, now=NOW).number == 2
    assert AuditEvent.objects.filter(verb="discarded").count() == 1


@pytest.mark.django_db
def test_only_a_director_copies_and_edits():
    network = make_network()
    coordinator = make_staff(network, role=Role.COORDINATOR)
    draft = copy_program(network, blueprint_text(), name="Promise", by=None, now=NOW)

    for by in (coordinator, make_person(network)):
        with pytest.raises(NotAllowed):
            copy_program(network, blueprint_text(), name="Other", by=by, now=NOW)
        with pytest.raises(NotAllowed):
            edit_draft(draft, {TEAM_MIN: 3}, seen=draft.sha256, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            publish_draft(draft, seen=draft.sha256, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            discard_draft(draft, by=by, now=NOW)


@pytest.mark.django_db
def test_renaming_the_program_and_its_host_reaches_both():
    draft = edit(
        make_copy(),
        {("blueprint", "name"): "Promise", ("program", "hosts", 0, "name"): "Promise Foundation"},
    )

    program = publish_draft(draft, seen=draft.sha256, by=None, now=NOW).program

    program.refresh_from_db()
    assert program.name == "Promise"
    assert [one.organization.name for one in program.hosts.select_related("organization")] == [
        "Promise Foundation", "The Atlantic Philanthropies",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_press_sent_eight_times_makes_one_program_and_one_draft():
    network = make_network()

    made = at_once(
        [partial(copy_program, network, blueprint_text(), name="Promise", by=None, now=NOW)] * 8
    )

    assert {one.pk for one in made if isinstance(one, BlueprintVersion)} == {
        BlueprintVersion.objects.get().pk
    }
    assert Program.objects.count() == 1
