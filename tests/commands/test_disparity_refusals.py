"""``throughline disparity`` and bad input: one sentence that says what to do, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.asking import Capture, refused, students, written
from throughline.commands.disparity_input import sentences
from throughline.commands.speaking import Stop
from throughline.engines.disparity.refusals import NotThere

ASKED = ("--by", "race", "--outcome", "graduated", "--outcome-is", "good")
GOOD = ("--outcome-is", "good")
RATES = ("--group", "group", "--rate", "rate", *GOOD)
COUNTS = ("--group", "group", "--n", "n", "--events", "success", *GOOD)


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("", ASKED, "the file is empty."),
        ("race,graduated\n", ASKED, "there is no row below the column names."),
        ("race,grad\nBlack,1\n", ASKED, "there is no column 'graduated'. The columns are: race, grad."),
        ("sex,graduated\nF,1\n", ASKED, "there is no column 'race'"),
        ("race,graduated\nBlack,1\nWhite,2\n", ASKED, "2 is neither 0 nor 1, so graduated is no yes-or-no outcome."),
        ("race,graduated\nBlack,1\nBlack,0\n", ASKED, "By race there is one group only: Black."),
        ("race,graduated\nBlack,1\nWhite,0\n", ("--by", "race", "--outcome", "graduated"), "required: --outcome-is"),
        ("race,graduated\nBlack,1\n", (*ASKED, "--format", "pdf"), "invalid choice: 'pdf'"),
        ("race,graduated\nBlack,1\n", (*ASKED, "--threshold", "4"), "--threshold is 5 to 30, not 4."),
        ("race,graduated\nBlack,1\n", (*ASKED, "--years", "pool"), "--years pool and --year COLUMN go together."),
        ("race,graduated\nBlack,1\n", (*ASKED, "--header", "0"), "'0' is not the number of a line"),
        ("race,graduated\nBlack,1\n", (*ASKED, "--delimiter", "::"), "'::' parts no columns. Give one sign, such as ;."),
        ("race,graduated\nBlack,1\n", (*ASKED, "--delimiter", '"'), "parts no columns."),
        ("race,graduated\nBlack,1\n", (*ASKED, "--measures", "ratio"), "There is no measure 'ratio'."),
        ("race,graduated\nBlack,1\n", (*ASKED, "--codebook", "none.json"), "none.json: No such file or directory. Give the JSON of a codebook"),
        ("race,graduated\nBlack,1\n", ("--by", "race,,frl", "--outcome", "graduated", *GOOD), "empty name between commas"),
        ("race,graduated\nBlack,1\n", ("--by", "race", "--outcome", "race", *GOOD), "race is an outcome and cannot group students too."),
        ("race,graduated\nBlack,1\n", GOOD, "Say how to group and what happened"),
        ("race,graduated\nBlack,1\n", ("--n", "n", *ASKED), "need --group"),
        ("group,n\nBlack,9\n", ("--group", "group", *GOOD), "--n and --events, or --rate"),
        ("group,n\nBlack,9\n", ("--group", "group", "--events", "x", *GOOD), "give their column with --n."),
        (f"group,n,success\nBlack,{9 * 10**18},5\nWhite,{9 * 10**18},5\n", COUNTS, "is more people than there are."),
        ("group,n,success\nBlack,9,10\n", COUNTS, "there cannot be more events than students."),
        ("group,n,success\nBlack,9,x\n", COUNTS, "'x' is neither a number nor a known code"),
        ("group,rate\nBlack,70\nWhite,80\n", RATES, "Rates alone do not say what the rate of all other students is."),
        ("group,rate\nBlack,70\nWhite,80\n", (*RATES, "--compare-to", "everyone"), "The file states no rate of all students."),
        ("group,rate\nBlack,70\nWhite,80\n", (*RATES, "--compare-to", "Asian"), "There is no group 'Asian'. There is: Black, White."),
        ("group,rate\nBlack,170\nWhite,80\n", (*RATES, "--compare-to", "White"), "it lies outside 0 to 100 percent."),
        ("group,rate\nBlack,.70\nWhite,.80\n", (*RATES, "--compare-to", "White"), "Say that the unit is share."),
        ("group,rate\nBlack,70\nWhite,.\n", (*RATES, "--compare-to", "White"), "No rate is published for White"),
        ("group,rate\nBlack,70\nWhite,PS\n", (*RATES, "--compare-to", "White"), "No rate is published for White"),
        ("group,rate\nBlack,70-74\nWhite,72\n", (*RATES, "--compare-to", "highest"), "do not tell which group does best."),
        ("group,rate\nBlack,70\nWhite,80\n", (*RATES, "--cross", "2"), "leave out --by and --cross."),
        ("group,rate\nBlack,70\nWhite,80\n", (*RATES, "--compare-to", "goal:80"), "A goal is a share above 0 and up to 1"),
        ("group,rate\nBlack,70\nWhite,80\n", (*RATES, "--years", "pool", "--year", "y"), "cannot be added up."),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(text, options, sentence, tmp_path: Path, capsys: Capture):
    assert sentence in refused(capsys, "disparity", written(tmp_path, text), *options)


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        ("Purple", "There is no group 'Purple' by race. Compare with one of: Black, Other, White; or with all-others"),
        ("Other", "Other students: this is one student, and nobody can be compared with one student."),
        ("goal:much", "goal:much is no goal."),
        ("goal:2", "A goal is a share above 0 and up to 1"),
    ],
)  # fmt: skip
def test_a_comparator_that_is_none(whom, sentence, tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("Black", 100, 70), ("Other", 1, 1), ("White", 200, 160))

    assert sentence in refused(capsys, "disparity", file, *ASKED, "--compare-to", whom)


def test_a_file_that_is_not_there_or_no_table(tmp_path: Path, capsys: Capture):
    assert refused(capsys, "disparity", "nowhere.csv", *ASKED) == (
        "nowhere.csv: there is no such file."
    )
    assert "is a folder; give a file." in refused(capsys, "disparity", str(tmp_path), *ASKED)
    picture = tmp_path / "students.pdf"
    picture.write_bytes(b"%PDF-1.7 nothing")
    assert "expected CSV, XLSX or Parquet" in refused(capsys, "disparity", str(picture), *ASKED)


def test_a_column_that_tells_students_apart_groups_nobody(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, "code,graduated\n" + "".join(f"x{at},1\n" for at in range(80)))

    sentence = refused(capsys, "disparity", file, "--by", "code", *ASKED[2:])

    assert "it tells students apart and groups nobody. Choose another column." in sentence


def test_a_codebook_of_scores_is_refused(tmp_path: Path, capsys: Capture):
    from throughline.engines.disparity.mapping import guess_codebook
    from throughline.engines.disparity.reading import read

    file = written(tmp_path, "race,grade\nBlack,3.2\nWhite,3.5\n")
    kept = guess_codebook(read(file), ["race"], ["grade"], scales={"grade": 10}).to_json()
    book = written(tmp_path, kept, "book.json")
    asked = ("--by", "race", "--outcome", "grade", *GOOD, "--codebook", book)

    assert "grade is a score." in refused(capsys, "disparity", file, *asked)
    assert "grade is a score." in refused(capsys, "release", file, *asked[:4], *asked[6:])


def test_a_refusal_becomes_a_sentence_and_a_bug_stays_one():
    with pytest.raises(Stop, match=r"^There is no outcome 'x'\.$"), sentences():
        raise NotThere("There is no outcome 'x'.")
    for bug in (KeyError("x"), ValueError("operands could not be broadcast")):
        with pytest.raises(type(bug)), sentences():
            raise bug
    with pytest.raises(Stop, match="no category"), sentences(ValueError):
        raise ValueError("'*' is no category")
