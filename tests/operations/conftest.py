"""What tests of running stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.installation import Installation, an_installation


@pytest.fixture
def installation(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Installation]:
    """An empty installation of its own, on whichever database is tested."""
    with an_installation(tmp_path, monkeypatch) as one:
        yield one
