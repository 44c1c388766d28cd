"""One played world for each module that asks for it, taken back when the module is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.world import World, build, in_folder


@pytest.fixture(scope="module")
def played(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Both networks inside one transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(tmp_path_factory.mktemp("world"))
        transaction.set_rollback(True)


@pytest.fixture
def world(played: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The played world, with its keys in reach of this test."""
    in_folder(monkeypatch, played.folder)
    return played
