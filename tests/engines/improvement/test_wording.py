"""Sentences of the engine, its examples, and what importing it costs."""

from __future__ import annotations

import ast
import doctest
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import throughline.engines.improvement as engine

MODULES = sorted(
    path for path in Path(engine.__file__).parent.glob("*.py") if path.stem != "__init__"
)

CAUSAL = re.compile(
    r"\b(because|caus\w+|due to|led to|leads to|effect\w*|impact\w*|thanks to|result of|results in"
    r"|improved by|attribut\w+|owing to|driven by|works|worked)\b",
    re.IGNORECASE,
)


def spoken(path: Path) -> list[str]:
    """Return the texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_sentence_says_that_one_thing_made_another(path):
    assert [text for text in spoken(path) if CAUSAL.search(text)] == []


def test_the_check_of_causal_words_finds_one():
    assert CAUSAL.search("Attendance rose because of the program.")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_examples_in_docstrings_run(path):
    module = import_module(f"throughline.engines.improvement.{path.stem}")

    assert doctest.testmod(module).failed == 0


@pytest.mark.slow
def test_importing_the_engine_loads_no_slow_library():
    code = (
        "import sys, throughline.engines.improvement; "
        "print(sorted({'scipy', 'pandas', 'statsmodels', 'django', 'duckdb'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
