"""What holds for every action and every module, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

SOURCE = Path(settings.HERE)
ACTIONS = sorted(SOURCE.glob("*/actions/[!_]*.py"))

PART_OF_OTHERS = {
    "admissions/actions/tally.py": "sums, kept by the action that changed a review",
    "forms/actions/empty_answers.py": "part of emptying a record, which writes it",
    "messaging/actions/deliver_message.py": "the delivery's own row says when and how it ended",
    "people/actions/move_addresses.py": "addresses follow a record; who joins or parts it writes",
    "people/actions/one_time_links.py": "before anybody is signed in; the link's row says when",
    "teams/actions/empty_members.py": "part of emptying a record, which writes it",
}
"""Action files that write no trail of their own, and where it is written instead."""


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def public_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [
        one
        for one in tree.body
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
    ]


def calls(node: ast.AST) -> set[str]:
    """Return what is called inside: ``record`` for ``trail.record(...)``."""
    return {
        getattr(one.func, "attr", getattr(one.func, "id", ""))
        for one in ast.walk(node)
        if isinstance(one, ast.Call)
    }


def imported_actions(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for one in ast.walk(tree)
        if isinstance(one, ast.ImportFrom) and ".actions" in (one.module or "")
        for alias in one.names
    }


def test_every_action_writes_the_trail_or_calls_one_that_does():
    silent = [
        name(path)
        for path in ACTIONS
        if "record" not in calls(tree := tree_of(path)) and not imported_actions(tree) & calls(tree)
    ]

    assert silent == sorted(PART_OF_OTHERS)


def is_atomic(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(one) == "transaction.atomic" for one in function.decorator_list)


def test_what_writes_the_trail_does_it_in_its_own_transaction():
    loose = [
        f"{name(path)}: {one.name}"
        for path in ACTIONS
        for one in public_functions(tree_of(path))
        if "record" in calls(one)
        and not is_atomic(one)
        and "inside an action" not in (ast.get_docstring(one) or "").lower()
    ]

    assert loose == []


def test_an_action_takes_who_acts_and_when():
    forgetful = [
        f"{name(path)}: {one.name}"
        for path in ACTIONS
        for one in public_functions(tree_of(path))
        if is_atomic(one)
        and "record" in calls(one)
        and not {"by", "now"} <= {a.arg for a in (*one.args.args, *one.args.kwonlyargs)}
    ]

    assert forgetful == sorted(BY_THE_SYSTEM)


BY_THE_SYSTEM = {
    "admissions/actions/follow_merge.py: give_reading_back",
    "admissions/actions/judge_application.py: judge_application",
    "evidence/actions/load_places.py: load_places",
    "forms/actions/sync_form.py: sync_form",
    "forms/actions/sync_rubric.py: sync_rubric",
    "forms/actions/sync_text.py: sync_text",
    "messaging/actions/sync_template.py: sync_template",
    "people/actions/create_network.py: create_network",
}
"""Steps that nobody takes: they follow from a rule, a file or a start."""


CLOCKS = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today", "datetime.today"}
READS_THE_TIME = {
    "core/clock.py",
    "settings.py",  # the shift of a demo's clock
    "commands/demo.py",  # before the clock of the demo is set
    "commands/demo_building.py",
    "commands/backup_making.py",  # a backup is dated by the clock on the wall, and loads no Django
}


def clock_reads(source: str) -> Iterator[int]:
    """Yield the lines that ask for the time."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS:
            yield node.lineno


def modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def test_only_the_clock_reads_the_time():
    reading = [
        f"{name(path)}:{line}"
        for path in modules()
        if name(path) not in READS_THE_TIME
        for line in clock_reads(path.read_text(encoding="utf-8"))
    ]

    assert reading == []


SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")


def hidden_calls(source: str) -> Iterator[int]:
    """Yield the lines that import signals or look a model up by its name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom | ast.Import):
            named = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
            if any(one.startswith(SIGNALS) or one == "signals" for one in named):
                yield node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "apps.get_model":
            yield node.lineno


def test_nothing_happens_by_signal_and_no_model_is_looked_up_by_name():
    hidden = [
        f"{name(path)}:{line}"
        for path in modules()
        for line in hidden_calls(path.read_text(encoding="utf-8"))
    ]

    assert hidden == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("from django.db.models.signals import post_save", [1]),
        ("from django.db.models import signals", [1]),
        ("from django.dispatch import receiver", [1]),
        ("x = 1\napps.get_model('people', 'Person')", [2]),
        ("from django.db import models", []),
    ],
)
def test_the_check_of_signals_finds_them(source: str, lines: list[int]):
    assert list(hidden_calls(source)) == lines


@pytest.mark.parametrize(
    ("source", "lines"), [("timezone.now()", [1]), ("date.today()", [1]), ("clock.now()", [])]
)
def test_the_check_of_clocks_finds_them(source: str, lines: list[int]):
    assert list(clock_reads(source)) == lines


def test_every_app_says_what_it_owns():
    silent = [
        app
        for app in settings.APPS_IN_ORDER
        if len((ast.get_docstring(tree_of(SOURCE / app / "__init__.py")) or "").split()) < 8
    ]

    assert silent == []
