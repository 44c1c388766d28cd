"""Talk to the person at the terminal: sentences on stderr, answers alone on stdout."""

from __future__ import annotations

import argparse
import json
import sys
from typing import NoReturn

BAD_INPUT = 2
INTERRUPTED = 130


class Stop(Exception):  # noqa: N818 - a sentence, not an accident
    """The command cannot go on. The sentence tells the person why and what to do."""

    def __init__(self, sentence: str, code: int = BAD_INPUT) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class Arguments(argparse.ArgumentParser):
    """An argument parser that answers bad input with one sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        raise Stop(f"{self.prog}: {message}. See: {self.prog} --help")


def say(sentence: str) -> None:
    """Write one line to the person."""
    print(sentence, file=sys.stderr, flush=True)


def answer(value: object) -> None:
    """Write the answer of a ``--json`` command: one line, alone on stdout."""
    print(json.dumps(value, ensure_ascii=False, sort_keys=True), flush=True)
