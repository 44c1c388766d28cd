"""What a further language of a file lacks is named; a language it does not speak lacks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories.blueprints import MINIMAL, shipped, text_of
from throughline.commands.blueprint import main
from throughline.composition.sections import load
from throughline.programs.translating import untranslated


def lacking(text: str) -> dict[str, list[str]]:
    """The paths of a file that each of its further languages lacks."""
    blueprint = load(text)
    return untranslated(blueprint.whole, blueprint.tables)


def test_the_spanish_of_reln_is_complete():
    blueprint = shipped("reln")

    assert untranslated(blueprint.whole, blueprint.tables) == {"es": []}


def test_a_missing_text_and_a_missing_term_are_named():
    lines = text_of("reln").splitlines(keepends=True)
    left_out = ('"convenings.series.network.agenda.2.title"', 'team = { one = "equipo')
    text = "".join(line for line in lines if not line.startswith(left_out))

    assert lacking(text) == {"es": ["words.es.team", "convenings.series.network.agenda.2.title"]}


def test_a_file_in_one_language_lacks_nothing():
    assert lacking(MINIMAL) == {}


def test_check_says_which_texts_stay_in_the_language_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "mine.toml"
    path.write_text(f'{MINIMAL}\n[words.es]\ncoach = {{ one = "coach", other = "coaches" }}\n')

    assert main(["check", str(path)]) == 0

    [line, _valid] = capsys.readouterr().out.splitlines()
    assert line == (
        "mine.toml: es: 1 text stays in the language of the file: convenings.series.gathering.title"
    )
