"""The forms and rubrics of every shipped program can be stored, asked and read back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import throughline
from tests.factories.people import NOW, make_network
from throughline.forms import queries
from throughline.forms.actions.sync_form import sync_form
from throughline.forms.actions.sync_rubric import sync_rubric
from throughline.forms.blueprint import FormsSection, RubricsSection
from throughline.forms.render import build_form
from throughline.forms.rules import is_shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PROGRAMS = sorted((Path(throughline.__file__).parent / "blueprints").glob("*.toml"))


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_every_form_is_stored_once_and_can_be_asked(file):
    network = make_network()
    forms = FormsSection.model_validate(tomllib.loads(file.read_text()).get("forms", {}))

    for key, section in forms.items():
        version = sync_form(network, key, section, now=NOW)
        asked = queries.questions(version)

        assert [one.key for one in asked] == [field.key for field in section.fields]
        assert sync_form(network, key, section, now=NOW) == version
        assert "<form" not in str(build_form(asked, {}))
        assert all(is_shown(one.wording.condition, {}) in {True, False} for one in asked)


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_every_rubric_is_stored_once(file):
    network = make_network()
    rubrics = RubricsSection.model_validate(tomllib.loads(file.read_text()).get("rubrics", {}))

    for key, section in rubrics.items():
        rubric = sync_rubric(network, key, section, now=NOW)

        assert list(rubric.criteria.values_list("key", "weight")) == [
            (one.key, one.weight) for one in section.criteria
        ]
        assert sync_rubric(network, key, section, now=NOW) == rubric
