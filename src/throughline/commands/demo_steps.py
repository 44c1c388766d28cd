"""Steps of a demo that need Django, each in a process of its own with the right data folder.

Called as ``python -m throughline.commands.demo_steps STEP``; the functions here start that.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from throughline.commands.processes import end_with_parent
from throughline.commands.speaking import Stop, answer, say

ROLES = (
    "director", "coordinator", "reviewer", "coach", "superintendent", "assistant", "teacher",
    "applicant",
)  # fmt: skip
"""Who may walk in, in this order."""


def play(
    folder: Path, url: str, mark: Mapping[str, object], blueprint: Path | None
) -> dict[str, str]:
    """Play a program into an empty data folder; return the name of each role's person.

    ``url`` is where it will be served, for the letters that go out as it is played.
    """
    variables = {
        **os.environ,
        "THROUGHLINE_HOME": str(folder),
        "THROUGHLINE_DEMO": "1",
        "THROUGHLINE_URL": url,
        "THROUGHLINE_TODAY": str(mark["today"]),
        "DJANGO_SETTINGS_MODULE": "throughline.settings",
    }
    variables.pop("DATABASE_URL", None)
    source = str(blueprint.absolute()) if blueprint else ""
    people = _step(variables, "play", str(mark["today"]), str(mark["seed"]), source)
    return {str(role): str(name) for role, name in people.items()}


def links(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the path of a new one-time link for each role."""
    found = _step(variables, "links")
    return {
        role: str(found[role]) for role in [*ROLES, *(set(found) - set(ROLES))] if role in found
    }


def checked(variables: Mapping[str, str], *, as_json: bool) -> int:
    """Open the pages as each role; 0 when all of them are well, 1 otherwise."""
    form = ["json"] if as_json else []
    return subprocess.run(_command("check", *form), env=dict(variables), check=False).returncode


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "throughline.commands.demo_steps", *arguments]


def _step(variables: Mapping[str, str], *arguments: str) -> dict[str, object]:
    done = subprocess.run(
        _command(*arguments), env=dict(variables), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, check=False, close_fds=False, preexec_fn=end_with_parent,
    )  # fmt: skip
    if done.returncode:
        raise Stop("The demo could not be prepared; the lines above say why.", done.returncode)
    result: dict[str, object] = json.loads(done.stdout)
    return result


def main(arguments: Sequence[str]) -> int:
    """Run one step and print its answer."""
    import django
    from django.core.management import call_command

    step, *rest = arguments
    django.setup()
    if step == "play":
        say("Building the demo network. This takes about a minute, once.")
        call_command("migrate", verbosity=0, interactive=False)
        answer(_play(*rest))
    elif step == "links":
        from throughline.core import clock
        from throughline.people.actions.sign_in_links import make_demo_links

        answer(make_demo_links(now=clock.now()))
    else:
        from throughline.commands.walking import walk

        return walk(os.environ["THROUGHLINE_URL"], as_json=rest == ["json"])
    return 0


def _play(today: str, seed: str, source: str) -> dict[str, str]:
    from django.db import connection

    from throughline.rehearsal.play import build_demo

    path = passed(Path(source)) if source else None
    demo = build_demo(path, date.fromisoformat(today), int(seed), _progress)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return dict(demo.people)


def passed(path: Path) -> Path:
    """Return the file of a program that passes its check.

    Raises
    ------
    Stop
        It does not; the lines of the sentence name file, line and path.
    """
    from throughline.composition.sections import load

    try:
        load(path)
    except ValueError as error:
        raise Stop(f"This program does not pass its check:\n{error}") from error
    return path


def _progress(sentence: str) -> None:
    say(f"  {sentence}")


if __name__ == "__main__":
    from throughline.cli import guarded

    sys.exit(guarded(main, sys.argv[1:]))
