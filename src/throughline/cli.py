"""The console script: finds the command and calls it. Loads nothing that the command needs not."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import tomllib
import traceback
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

from throughline.commands.speaking import INTERRUPTED, Stop, say

COMMANDS = {
    "demo": ("throughline.commands.demo", "play a program with made-up people and serve it"),
    "serve": ("throughline.commands.serve", "serve the networks of this data folder"),
    "backup": ("throughline.commands.backup", "write one file from which a network comes back"),
    "restore": ("throughline.commands.restore", "put a backup in the place of what is there"),
    "network": ("throughline.commands.network", "list the networks, or add one for another host"),
    "test": ("throughline.commands.testing", "run every check and test"),
    "blueprint": ("throughline.commands.blueprint", "check, explain or schedule a program's file"),
    "disparity": ("throughline.commands.disparity", "put student groups beside others"),
    "release": ("throughline.commands.release", "say what may be published, and check it"),
    "match": ("throughline.commands.match", "propose who is chosen and who meets whom, and why"),
    "chart": ("throughline.commands.chart", "say whether a measure moved, or is noise"),
    "manage": ("throughline.commands.manage", "Django's management commands, and `manage routes`"),
    "messages": ("throughline.commands.messages", "keep the translations of a language"),
    "work": ("throughline.commands.work", "run background jobs beside a server"),
}
"""Each command: the module whose ``main(arguments)`` it is, and what it is for."""

USAGE = "Usage: ./throughline COMMAND ...\n\n{commands}\n  version    print the version\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 findings, 2 bad input, 130 Ctrl-C."""
    return guarded(run, sys.argv[1:] if arguments is None else arguments)


def guarded(command: Callable[[list[str]], int], arguments: Sequence[str]) -> int:
    """Call a command; whatever ends it becomes an exit code and at most a sentence."""
    try:
        return command(list(arguments))
    except Stop as stop:
        say(stop.sentence)
        return stop.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except SystemExit as leaving:
        return code_of(leaving)
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, the file the rest
        say(f"Something broke on our side: {error_in_words(error)}")
        return 1


def run(given: list[str]) -> int:
    """Find the command and call it.

    Raises
    ------
    Stop
        There is no such command.
    """
    name, rest = (given[0], given[1:]) if given else ("help", [])
    if name in {"help", "-h", "--help"}:
        lines = "\n".join(f"  {name:<10} {what}" for name, (_, what) in COMMANDS.items())
        print(USAGE.format(commands=lines), end="")
        return 0
    if name in {"version", "--version"}:
        print(version())
        return 0
    if name not in COMMANDS:
        raise Stop(f"There is no command {name!r}. There are: {', '.join([*COMMANDS, 'version'])}.")
    module = importlib.import_module(COMMANDS[name][0])
    return int(module.main(rest) or 0)


def version() -> str:
    """Return the version of the source tree, or of the installed package."""
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if project.exists():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version("throughline")


def code_of(leaving: SystemExit) -> int:
    """Return the exit code of ``sys.exit``; a sentence is printed and means bad input."""
    if leaving.code is None or isinstance(leaving.code, int):
        return leaving.code or 0
    say(str(leaving.code))
    return 2


def error_in_words(error: Exception) -> str:
    """Name the error and keep its traceback in a file of its own."""
    handle, path = tempfile.mkstemp(prefix="throughline-error-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        traceback.print_exception(error, file=file)
    return f"{type(error).__name__}: {error}. The details are in {path}."


if __name__ == "__main__":
    sys.exit(main())
