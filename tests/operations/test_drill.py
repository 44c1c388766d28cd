"""The restore drill: write, back up, damage, restore; nothing is lost and nothing comes open."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.test import Client

from tests.commands.asking import Capture
from tests.factories.coaching import make_session
from tests.factories.installation import Installation, leave
from tests.factories.people import NOW, make_person, make_staff
from throughline import cli
from throughline.audit import trail
from throughline.audit.models import AuditEvent, AuditReason
from throughline.coaching.models import Note
from throughline.commands import folders
from throughline.people.models import Person
from throughline.people.sealing import KeyGone

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SEALED = "marigold says what only her author reads"
OPEN = "larkspur says what two read"


@dataclass(frozen=True)
class Written:
    """What was written before the backup."""

    note: int
    people: list[tuple[int, str]]
    trail: list[tuple[object, ...]]


def write_a_network() -> Written:
    """Two networks, a private note, a shared summary, a trail with a reason, somebody signed in."""
    session = make_session(private_note=SEALED, shared_summary=OPEN, shared_with="team")
    director = make_staff(session.network)
    trail.record(director, "excused", session, now=NOW, reason="A funeral.")
    Client().force_login(
        director.account_link.account,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    note = Note.objects.get(kind="private_note")
    written = Written(note.pk, everybody(), whole_trail())
    leave()
    return written


def everybody() -> list[tuple[int, str]]:
    return list(Person.objects.order_by("pk").values_list("pk", "full_name"))


def whole_trail() -> list[tuple[object, ...]]:
    return list(AuditEvent.objects.order_by("pk").values_list())


def run(*arguments: str) -> int:
    """Run a command while the test holds no connection."""
    leave()
    return cli.main(arguments)


def plain(file: Path) -> bytes:
    """Return everything in a backup, uncompressed."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if dump := parts.get("database.pgdump"):
        reading = ["pg_restore", "--file=-"]
        parts["dump"] = subprocess.run(reading, input=dump, capture_output=True, check=True).stdout
    return b"".join(parts.values())


def damage(one: Installation) -> None:
    """Break the file in the middle; on a server, lose tables and change words."""
    if connection.vendor == "sqlite":
        leave()
        with (one.home / "throughline.sqlite3").open("r+b") as file:
            file.seek(8192)
            file.write(os.urandom(400_000))
        return
    one.change("DROP TABLE coaching_note, audit_auditreason CASCADE")
    one.change("UPDATE people_person SET full_name = 'Nobody'")


def test_a_damaged_network_comes_back_whole_with_its_private_texts(
    installation: Installation, capsys: Capture
) -> None:
    written = write_a_network()
    file = installation.shelf / "one.zip"
    assert Session.objects.exists()
    assert run("backup", str(file)) == 0
    assert run("backup", "--check", str(file)) == 0

    damage(installation)
    capsys.readouterr()
    assert run("restore", str(file)) == 2
    assert "Add --replace" in capsys.readouterr().err
    assert run("restore", "--replace", str(file)) == 0
    told = capsys.readouterr().err

    assert "The key file that is here opens its private texts." in told
    assert Note.objects.get(pk=written.note).words == SEALED
    assert Note.objects.get(body=OPEN).tier == "team"
    assert (everybody(), whole_trail()) == (written.people, written.trail)
    assert not Session.objects.exists()
    with pytest.raises(DatabaseError, match="only added to"):
        AuditEvent.objects.update(verb="nothing")
    [reason] = AuditReason.objects.select_related("event")
    spoken = hashlib.sha256((reason.salt + reason.words).encode()).hexdigest()
    assert (reason.words, reason.event.reason_sha256) == ("A funeral.", spoken)


def test_without_the_key_private_texts_stay_sealed_and_the_rest_works(
    installation: Installation, capsys: Capture
) -> None:
    written = write_a_network()
    file = installation.shelf / "one.zip"
    run("backup", str(file))
    elsewhere = installation.shelf.parent / "sealing_key"
    installation.key_file.rename(elsewhere)
    key = elsewhere.read_bytes().strip()
    inside = plain(file)
    assert OPEN.encode() in inside
    assert not [word for word in (key, SEALED.encode()) if word in inside]

    (installation.home / ".throughline-restore-killed").mkdir()
    capsys.readouterr()
    assert run("restore", "--replace", "--json", str(file)) == 0
    assert not list(installation.home.glob(".throughline-restore-*"))
    assert json.loads(capsys.readouterr().out)["private_texts_open"] is False

    with pytest.raises(KeyGone):
        assert Note.objects.get(pk=written.note).words
    assert not installation.key_file.exists()
    assert everybody() == written.people
    make_person(Person.objects.earliest("pk").network)
    elsewhere.replace(installation.key_file)
    assert Note.objects.get(pk=written.note).words == SEALED


def test_what_was_there_before_a_restore_can_be_had_again(installation: Installation) -> None:
    write_a_network()
    file = installation.shelf / "one.zip"
    mark = installation.home / folders.DEMO_MARK
    mark.write_text('{"seed": 7}', encoding="utf-8")
    run("backup", str(file))
    mark.unlink()
    (installation.home / folders.RESTORING_MARK).touch()
    later = make_person(Person.objects.earliest("pk").network, full_name="Came Later")
    assert run("restore", "--replace", str(file)) == 0
    assert not Person.objects.filter(pk=later.pk).exists()

    if connection.vendor == "sqlite":
        assert folders.demo_of(installation.home) == {"seed": 7}
        assert not folders.is_half_restored(installation.home)
        [kept] = installation.home.glob("before-restore-*/throughline.sqlite3")
        with closing(sqlite3.connect(kept)) as old:
            query = "SELECT full_name FROM people_person WHERE id = ?"
            assert old.execute(query, [later.pk]).fetchone() == ("Came Later",)
        return
    [kept] = installation.shelf.glob("before-restore-*.zip")
    assert run("restore", "--replace", str(kept)) == 0
    assert Person.objects.get(pk=later.pk).full_name == "Came Later"


def test_a_backup_that_cannot_be_brought_to_this_version_changes_nothing(
    installation: Installation, capsys: Capture
) -> None:
    write_a_network()
    installation.change(
        "DELETE FROM django_migrations WHERE name = '0001_initial' AND app = 'jobs'"
    )
    file = installation.shelf / "one.zip"
    run("backup", str(file))
    later = make_person(Person.objects.earliest("pk").network)
    written = everybody()
    capsys.readouterr()

    assert run("restore", "--replace", str(file)) == 1

    assert "could not be brought to this version" in capsys.readouterr().err
    assert (everybody(), written[-1][0]) == (written, later.pk)
    assert not list(installation.home.glob("before-restore-*"))


def test_nothing_is_restored_while_somebody_uses_the_database(
    installation: Installation, capsys: Capture
) -> None:
    write_a_network()
    file = installation.shelf / "one.zip"
    run("backup", str(file))
    assert Person.objects.exists()  # this connection stays open

    assert cli.main(["restore", "--replace", str(file)]) == 2

    assert "first." in capsys.readouterr().err
    assert Person.objects.exists()


def test_a_backup_is_made_while_somebody_writes_and_holds_what_was_committed(
    installation: Installation,
) -> None:
    person = make_person(full_name="Wholly Written")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        cursor.execute("UPDATE people_person SET full_name = 'Half Written'")

        assert cli.main(["backup", str(installation.shelf / "one.zip")]) == 0

        cursor.execute("ROLLBACK")
    inside = plain(installation.shelf / "one.zip")
    assert person.full_name.encode() in inside
    assert b"Half Written" not in inside
