"""The same problem gives the same plan, byte for byte: again, and in another process."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.engines.matching.planning import hashes


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "77"])
def test_plans_are_the_same_again_and_where_sets_have_another_order(seed):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.engines.matching.planning"],
        check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip

    assert json.loads(ran.stdout) == hashes()
