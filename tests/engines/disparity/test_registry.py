"""The registry is whole, and the page about measures is written from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from throughline.engines.disparity.further import FURTHER
from throughline.engines.disparity.reference import page
from throughline.engines.disparity.registry import DEFAULT, DEFAULT_OF_SCORES, MEASURES
from throughline.engines.disparity.sources import SOURCES

PAGE = Path(__file__).parents[3] / "docs" / "developer" / "measures.md"


def test_the_page_about_measures_is_written_from_the_registry():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_ids_are_unique_and_every_source_is_known_and_used():
    ids = [entry.id for entry in (*MEASURES, *FURTHER)]
    cited = {source for entry in (*MEASURES, *FURTHER) for source in entry.sources}

    assert len(set(ids)) == len(ids)
    assert cited == set(SOURCES)


def test_every_measure_says_all_that_a_reader_needs():
    for entry in (*MEASURES, *FURTHER):
        assert all((entry.name, entry.formula, entry.sources, entry.unit, entry.polarity))
    for measure in MEASURES:
        assert measure.own is None or measure.comparators == (measure.own.kind,)


def test_the_defaults_are_measures():
    binary = {measure.id for measure in MEASURES if not measure.of_scores}

    assert set(DEFAULT) <= binary
    assert {measure.id for measure in MEASURES} - binary == set(DEFAULT_OF_SCORES)


@pytest.mark.slow
def test_comparing_loads_no_heavy_library():
    heavy = ["pandas", "ibis", "pandera", "statsmodels", "scipy", "pyarrow", "duckdb", "polars"]
    asked = (
        "import sys, throughline.engines.disparity.comparing, "
        "throughline.engines.disparity.reference; "
        f"print([name for name in {heavy} if name in sys.modules])"
    )

    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"
