"""What tests of running stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.installation import Installation, an_installation, empty_database


@pytest.fixture(scope="session")
def empty(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The name of an empty database of which installations are copies."""
    with django_db_blocker.unblock(), empty_database(tmp_path_factory.mktemp("empty")) as name:
        yield name


@pytest.fixture
def installation(
    empty: str, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Installation]:
    """An empty installation of its own, on whichever database is tested."""
    with an_installation(tmp_path, empty, monkeypatch) as one:
        yield one
