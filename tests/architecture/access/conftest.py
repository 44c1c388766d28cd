"""One played world for all tests here; each role goes round it once, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.access.crawl import Round, go_round
from tests.world import ROLES, World, build, in_folder, keeping_logs


@pytest.fixture(scope="package")
def played(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Both networks inside one transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic(), keeping_logs() as lines:
        yield build(tmp_path_factory.mktemp("world"), lines)
        transaction.set_rollback(True)


@pytest.fixture
def world(played: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The played world, with its keys in reach of this test."""
    in_folder(monkeypatch, played.folder)
    return played


@pytest.fixture(scope="package", params=ROLES)
def gone_round(played: World, request: pytest.FixtureRequest) -> Round:
    """What a role finds everywhere: tests that ask for it run for each role."""
    with pytest.MonkeyPatch.context() as patch:
        in_folder(patch, played.folder)
        cache.clear()  # twenty-three roles sign up from one address: none is slowed down by another
        return go_round(played, request.param)
