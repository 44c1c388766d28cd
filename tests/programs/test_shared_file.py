"""A list of districts reads the file of their program once, not once a row."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.factories.many import many_districts
from tests.factories.programs import make_cohort
from throughline.programs.models import BlueprintVersion, DistrictEngagement

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_rows_of_a_list_share_the_file_that_was_read(monkeypatch: pytest.MonkeyPatch):
    cohort = make_cohort()
    many_districts(cohort, 5)
    seen: list[str] = []

    def counted(text: str, **how: Any) -> Any:
        seen.append(text)
        return loads(text, **how)

    loads = json.loads
    monkeypatch.setattr(json, "loads", counted)

    rows = list(DistrictEngagement.objects.select_related("cohort__version"))

    assert len({id(row.cohort.version.parsed) for row in rows}) == 1
    assert len(seen) <= 1
    assert rows[0].cohort.version.parsed == cohort.version.parsed


def test_another_file_is_read_anew_and_a_part_of_one_is_found():
    version = make_cohort().version
    before = BlueprintVersion.objects.get(pk=version.pk).parsed

    BlueprintVersion.objects.filter(pk=version.pk).update(parsed={"blueprint": {"name": "Ours"}})

    assert before["blueprint"]["key"] == "reln"
    assert BlueprintVersion.objects.get(pk=version.pk).parsed == {"blueprint": {"name": "Ours"}}
    assert (
        BlueprintVersion.objects.values_list("parsed__blueprint__name", flat=True).get() == "Ours"
    )
