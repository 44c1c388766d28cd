"""What stands for no figure is never a zero, and what is not known is refused with its line."""

from __future__ import annotations

import doctest

import pytest

from tests.engines.disparity.files import as_counted, levels, write
from throughline.engines.disparity import missing, values
from throughline.engines.disparity.codebook import Codebook, OutcomeColumn
from throughline.engines.disparity.cube import build_cube
from throughline.engines.disparity.missing import (
    EVERYWHERE,
    families,
    find_missing,
    guess_families,
    why_not,
)
from throughline.engines.disparity.reading import read
from throughline.engines.disparity.tables import Outcome
from throughline.engines.disparity.unreadable import Refused

EVERY_CODE = [
    *[(family.id, code) for family in families().values() for code in family.codes],
    *[
        ("state", text)
        for text in ("*", "**", "***", "<10", "< 10", "n<", "n<10", "N<5", "≤10", "<=10")
    ],
]


def codebook(family: str, *, binary: bool) -> Codebook:
    outcome = Outcome("y") if binary else Outcome("y", 10, binary=False)
    return Codebook(
        (levels("race", "Black"),),
        (OutcomeColumn(outcome, "y", signed=True),),
        (*EVERYWHERE, family),
    )


@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize(("family", "code"), EVERY_CODE)
def test_a_missing_code_is_a_student_without_an_outcome_and_never_a_zero(
    tmp_path, family, code, binary
):
    source = read(write(tmp_path / "s.csv", ("race", "y"), [("Black", "1"), ("Black", code)]))

    table = build_cube(source, codebook(family, binary=binary)).table(("race",), "y")

    one = 1 if binary else 10
    assert as_counted(table) == {("Black",): (2, 1, one, one * one)}


@pytest.mark.parametrize(
    ("family", "code", "meaning"),
    [
        ("crdc", "-3", "not answered because of an error in the skip logic"),
        ("crdc", "-5", "not reported; the district has a plan of action to report it"),
        ("crdc", "-6", "not reported; the submission was certified without it"),
        ("crdc", "-8", "missing in EDFacts, from which it would have come"),
        ("crdc", "-9", "not applicable"),
        ("crdc", "-11", "hidden by the department"),
        ("urban", "-1", "missing or not reported"),
        ("urban", "-2", "not applicable"),
        ("urban", "-3", "hidden"),
    ],
)
def test_the_same_number_means_what_its_source_says(family, code, meaning):
    assert find_missing(code, (family,)).meaning == meaning


@pytest.mark.parametrize("text", ["-4", "-7", "-9", "-1.5", "abc", "GE95", "21-39", "1/2", "∞"])
@pytest.mark.parametrize("binary", [True, False])
def test_an_unknown_negative_or_text_is_refused_with_its_line(tmp_path, text, binary):
    book = Codebook((levels("race", "Black"),), codebook("blank", binary=binary).outcomes)
    unsigned = OutcomeColumn(book.outcomes[0].outcome, "y")
    source = read(write(tmp_path / "s.csv", ("race", "y"), [("Black", "1"), ("Black", text)]))

    with pytest.raises(Refused) as refused:
        build_cube(source, Codebook(book.attributes, (unsigned,)))

    (finding,) = refused.value.findings
    assert (finding.lines, finding.column, finding.value, finding.rows) == ((3,), "y", text, 1)


def test_a_refusal_says_what_a_code_means_in_files_of_others():
    assert why_not("-3") == (
        "-3 is not a number of anything; in a file of the Civil Rights Data Collection it means: not "
        "answered because of an error in the skip logic; in a file of the Urban Institute education "
        "data portal it means: hidden. Say whose file it is."
    )
    assert "published range" in why_not("LE5")
    assert why_not("-4") == "-4 is negative, and no known code for a missing figure."
    assert why_not("x") == "'x' is neither a number nor a known code for a missing one."


@pytest.mark.parametrize(
    ("texts", "guessed"),
    [
        (["1", "-9", "-3"], ("crdc",)),
        (["1", "-1", "-3"], ("urban",)),
        (["-3"], ()),
        (["-1", "-9"], ()),
        (["1", "0"], ()),
    ],
)
def test_whose_negative_numbers_they_are_is_guessed_only_when_it_is_sure(texts, guessed):
    assert guess_families(texts) == (*EVERYWHERE, *guessed)


@pytest.mark.parametrize("module", [missing, values])
def test_the_examples_in_the_text_are_right(module):
    assert doctest.testmod(module).failed == 0
