"""What every test stands on: two networks, a stopped clock, a signed-in client."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.people import NOW, make_network, make_staff
from throughline.core import clock
from throughline.people.models import Network, Person


@dataclass(frozen=True)
class TwoNetworks:
    """Ours, and another one on the same installation, each with a director."""

    ours: Network
    theirs: Network
    our_director: Person
    their_director: Person


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """PostgreSQL plans as for a new table, however often a test has filled and emptied it.

    Left alone, it counts rows between two tests, finds none, and joins the next test's hundreds as
    if they were none: minutes for a query of milliseconds.
    """
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                name = connection.ops.quote_name(table)
                cursor.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = off)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what asks a database; everything else has run on SQLite already."""
    if connection.vendor != "postgresql":
        return
    asking = [item for item in items if asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
    items[:] = asking


def pytest_collection_finish() -> None:
    """What stands now stays: do not look through all of it again for every few objects made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test is marked for the database, or stands on something that is."""
    names = getattr(item, "fixturenames", ())
    marked = item.get_closest_marker("django_db") is not None
    return marked or not {"db", "transactional_db", "django_db_setup"}.isdisjoint(names)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """Time stands still at ``NOW``."""
    with clock.at(NOW):
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test begins in English, whatever language the pages of the last one were read in."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and mail of a test live in its own folder, whatever the developer's folder holds.

    Clients have shown their second factor; its own tests ask for it.
    """
    for name, value in {
        "HOME": tmp_path,
        "KEYS": tmp_path / "keys",
        "MASTER_KEY_FILE": tmp_path / "keys" / "sealing_key",
        "MAIL_FOLDER": tmp_path / "mail",
        "EMAIL_FILE_PATH": str(tmp_path / "mail"),
        "DEMO": False,
        "CLOCK_SHIFT": timedelta(),
        "SECOND_FACTOR_REQUIRED": False,
    }.items():
        monkeypatch.setattr(settings, name, value)


@pytest.fixture(autouse=True)
def never_one_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves one network alone on its installation cannot see a leak: it fails.

    Marked ``first_network`` are those in which the first host has just arrived.
    """
    if not asks_a_database(request.node):
        yield
        return
    request.getfixturevalue("db")
    yield
    alone_is_meant = request.node.get_closest_marker("first_network") is not None
    if not alone_is_meant and not connection.needs_rollback:
        assert Network.objects.count() != 1, "make a second network: see make_network"


@pytest.fixture
def two_networks(db: None) -> TwoNetworks:
    """Every object of a test lives in one of two networks."""
    ours, theirs = make_network("Our Network"), make_network("Their Network")
    return TwoNetworks(ours, theirs, make_staff(ours), make_staff(theirs))


@pytest.fixture
def as_person() -> Callable[[Person | None], Client]:
    """Return a client in which this person is signed in, or nobody."""

    def sign_in(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(
                person.account_link.account,
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
            session = client.session
            session["network"] = person.network_id
            session.save()
        return client

    return sign_in
