"""docs/host/running.md is true: its commands run, in its order, on the database they are for."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest
from django.db import connection

from tests.commands.asking import Capture
from tests.factories.installation import Installation, leave, url_of
from tests.factories.people import make_person
from throughline import cli
from throughline.people.sealing import seal

GUIDE = Path(__file__).parents[2] / "docs" / "host" / "running.md"
LARGE = "## PostgreSQL with several workers"
STAYS = {"serve", "work"}
"""Commands that end only when they are told to; that they take these options is what is tried."""


def blocks(kind: str, text: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    return [line for block in blocks("sh", text) for line in block.splitlines()]


def units() -> list[RawConfigParser]:
    """The services of the guide."""
    found = []
    for block in blocks("ini", GUIDE.read_text(encoding="utf-8")):
        if "[Service]" in block:
            unit = RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
            unit.read_string(block)
            found.append(unit)
    return found


class Walk:
    """Types the commands of the guide, with the folders of a test in the place of its own."""

    def __init__(self, one: Installation, patch: pytest.MonkeyPatch, capsys: Capture) -> None:
        self.patch = patch
        self.capsys = capsys
        place = one.home.parent
        self.places = {
            "/var/lib/throughline": str(one.home),
            "/srv/backups": str(one.shelf),
            "/srv/drill": str(place / "drill"),
            "/media/keys": str(place / "stick"),
            "/etc/throughline": str(place),
        }
        self.database = str(connection.settings_dict["NAME"])
        self.heard = ""
        self.made: set[str] = set()

    def type(self, line: str) -> None:
        for theirs, ours in self.places.items():
            line = line.replace(theirs, ours)
        words = shlex.split(line)
        if words[0] in {"export", "unset"}:
            for word in words[1:]:
                self.set(self.patch, word if "=" in word else f"{word}=")
            return
        with self.patch.context() as patch:
            while "=" in words[0]:
                self.set(patch, words.pop(0))
            self.run(words)

    def set(self, patch: pytest.MonkeyPatch, word: str) -> None:
        name, _, value = word.partition("=")
        is_theirs = name == "DATABASE_URL" and value
        patch.setenv(name, self.address(value) if is_theirs else value)

    def run(self, words: list[str]) -> None:
        program, *rest = words
        if program == "./throughline" and rest[0] in STAYS:
            takes(self.capsys, rest)
        elif program == "./throughline":
            code = cli.main(rest)
            self.heard += self.capsys.readouterr().err
            assert code == 0, (words, self.heard)
        elif program == "systemctl":
            assert {f"{one.partition('.')[0]}." for one in rest if "." in one} <= named_units()
        elif program == "createuser":
            assert len(rest) == 1
        elif program in {"createdb", "dropdb"}:
            self.on_the_server(program, rest[-1])
        else:
            assert program in {"mkdir", "cp", "rm"}
            subprocess.run(words, check=True)

    def on_the_server(self, program: str, name: str) -> None:
        verb = "CREATE" if program == "createdb" else "DROP"
        with connection.cursor() as cursor:
            cursor.execute(f'{verb} DATABASE "{self.database}_{name}"')
        leave()
        self.made ^= {name}

    def address(self, theirs: str) -> str:
        return url_of(f"{self.database}_{theirs.rpartition('/')[2]}")


def takes(capsys: Capture, arguments: list[str]) -> None:
    """The command knows these options."""
    assert cli.main([arguments[0], "--help"]) == 0
    known = capsys.readouterr().out
    assert all(one in known for one in arguments[1:] if one.startswith("--"))


def named_units() -> set[str]:
    text = GUIDE.read_text(encoding="utf-8")
    return {f"{name}." for name in re.findall(r"# /etc/systemd/system/([\w-]+)\.", text)}


@pytest.mark.slow
@pytest.mark.django_db
def test_the_commands_of_the_guide_run_as_they_stand(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    seal(make_person(), "marigold", identity="note:1")
    leave()
    small, _, large = GUIDE.read_text(encoding="utf-8").partition(LARGE)
    walk = Walk(installation, monkeypatch, capsys)
    monkeypatch.delenv("THROUGHLINE_HOME")
    if connection.vendor == "postgresql":
        address = installation.home.parent / "database_url"
        address.write_text(os.environ["DATABASE_URL"], encoding="utf-8")
        monkeypatch.delenv("DATABASE_URL")
        for line in commands(large):
            walk.type(line)
        assert walk.made == {"throughline"}
        walk.on_the_server("dropdb", "throughline")
        return

    for line in commands(small):
        walk.type(line)

    assert len(list(installation.home.glob("before-restore-*"))) == 1
    assert not (installation.home.parent / "drill").exists()
    assert walk.heard.count("The key file that is here opens its private texts.") == 2


def test_the_services_of_the_guide_start_commands_that_exist(capsys: Capture):
    for unit in units():
        path, *arguments = shlex.split(unit["Service"]["ExecStart"])

        assert path == "/srv/throughline/throughline"
        assert arguments[0] in cli.COMMANDS
        takes(capsys, arguments)
    assert len(units()) == 3


def test_the_settings_of_the_guide_answer_at_its_address_and_see_who_asks():
    text = GUIDE.read_text(encoding="utf-8")
    given = dict(re.findall(r"^Environment=(THROUGHLINE_\w+)=(.*)$", text, re.MULTILINE))
    asking = (
        "from throughline import settings as s; print(s.ALLOWED_HOSTS[0], s.SESSION_COOKIE_SECURE, "
        "s.ALLAUTH_TRUSTED_PROXY_COUNT, s.EMAIL_HOST)"
    )
    variables = {**given, "THROUGHLINE_HOME": "/nowhere", "THROUGHLINE_SECRET_KEY": "x"}

    done = subprocess.run(
        [sys.executable, "-c", asking],
        env={**variables, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["network.example.org", "True", "1", "mail.example.org"]
