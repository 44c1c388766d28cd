"""``throughline disparity`` on rates that somebody else has published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.asking import Capture, answered, by_group, said, written

RATES = ("--group", "group", "--rate", "rate", "--outcome-is", "good")


def test_shares_and_percents_give_the_same(tmp_path: Path, capsys: Capture):
    shares = written(tmp_path, "group,rate\nBlack,.746\nWhite,.876\n")

    told = answered(capsys, "disparity", shares, *RATES, "--unit", "share", "--compare-to", "White")

    black = by_group(told["tables"][0]["groups"])["Black"]
    assert black["measures"]["gap_points"]["value"] == pytest.approx(-13.0)


def test_bands_are_ranges_and_never_points(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, "group,rate,n\nBlack,70-74,80\nWhite,GE95,120\nAll,85,200\n")

    told = answered(capsys, "disparity", file, *RATES, "--n", "n", "--compare-to", "White")

    black = by_group(told["tables"][0]["groups"])["Black"]
    assert (black["rate"], black["n"]) == (None, 80)
    assert black["rate_range"] == pytest.approx([0.695, 0.745])
    low, high = black["rate_interval"]
    assert low < 0.62
    assert high > 0.81
    gap = black["measures"]["gap_points"]
    assert gap["value"] is None
    assert gap["range"] == pytest.approx([-30.5, -20.0])
    assert gap["interval"][0] < -30.5
    assert gap["interval"][1] > -20.0
    assert told["coverage"] == 1


def test_a_rate_that_the_source_hides_is_compared_with_nobody(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, "group,rate,n\nBlack,70-74,80\nNative,PS,4\nWhite,90,120\n")
    asked = ("disparity", file, *RATES, "--n", "n", "--compare-to", "White")

    assert "Native students: no rate is published\n    4 students\n" in said(capsys, *asked)
    assert answered(capsys, *asked)["comparisons"] == 1
