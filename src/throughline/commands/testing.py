"""``throughline test``: every check and test. 0 all ran and passed, 1 failed, 3 some could not run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from throughline.commands import requirements
from throughline.commands.chromium import find_chromium
from throughline.commands.junit import join
from throughline.commands.postgres import database_for_tests
from throughline.commands.spark import Fetching
from throughline.commands.speaking import Arguments, Stop, say

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent
PASSED, FAILED, COULD_NOT_RUN = 0, 1, 3
NOTHING_COLLECTED = 5
NO_TEST = "no test was found"
TAKE_A_WORD = {"-k", "-m"}
"""Options of pytest after which ``browser`` is a word, not a folder."""

QUICK = {
    "ruff": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "import-linter": ["lint-imports", "--no-cache"],
    "djlint": ["djlint", "--lint", "--quiet", "src"],
    "migrations": ["throughline", "manage", "makemigrations", "--check", "--dry-run"],
}
"""Checks that take a few seconds each; they run one after another beside the slow one."""

SLOW = {"mypy": ["mypy"]}
PLAIN = ["-m", "not browser and not spark"]
BROWSER = ["-m", "browser", "tests/browser"]
SPARK = ["-m", "spark", "tests/engines/disparity"]
"""What runs apart stands in a folder of its own: reading all tests takes ten seconds."""
PYTEST = [*requirements.PYTEST, "--dist", "worksteal", "--durations=10"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check ended: ``code`` 0, 1 or 3, and why when it could not run."""

    name: str
    code: int
    seconds: float
    why: str = ""

    def __str__(self) -> str:
        word = {PASSED: "passed", FAILED: "FAILED", COULD_NOT_RUN: "could not run"}[self.code]
        return f"  {self.name:<22} {word:<14} {self.seconds:6.1f} s  {self.why}".rstrip()


def main(arguments: Sequence[str]) -> int:
    """Run all checks and tests, or only those tests that the arguments name."""
    parser = Arguments("throughline test", description=__doc__, epilog=EPILOG)
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write results as JUnit XML")
    parser.add_argument("--requirements", action="store_true", help="say which requirements hold")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    options, rest = parser.parse_known_args(arguments)
    check_tools()
    junit = options.junit.absolute() if options.junit else None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="throughline-test-") as folder:
        os.environ["THROUGHLINE_HOME"] = str(Path(folder) / "home")
        if options.requirements:
            return requirements.report(Path(folder), as_json=options.format == "json")
        outcomes = everything(Path(folder)) if not rest else chosen_tests(Path(folder), rest)
        if junit:
            join(sorted(Path(folder).glob("*.xml")), junit)
    say("")
    for outcome in outcomes:
        say(str(outcome))
    return worst(outcomes)


EPILOG = "Everything else is passed on to pytest: ./throughline test admissions -k late"


def check_tools() -> None:
    """Refuse to run from an installed package or an environment without the test tools.

    Raises
    ------
    Stop
        There are no tests here, or the tools are missing.
    """
    if not (ROOT / "tests").is_dir():
        raise Stop("The tests are in the source tree; run ./throughline test there.")
    if not (BIN / "pytest").exists():
        raise Stop("The test tools are not installed here; ./throughline test installs them.")


def worst(outcomes: Sequence[Outcome]) -> int:
    """Return 1 when something failed, else 3 when something could not run, else 0."""
    codes = {outcome.code for outcome in outcomes}
    return next((code for code in (FAILED, COULD_NOT_RUN) if code in codes), PASSED)


def folders_of(arguments: Sequence[str]) -> list[str]:
    """Let ``admissions`` mean ``tests/admissions``; leave everything else as it is."""
    before = ["", *arguments]
    return [
        f"tests/{one}" if _is_a_folder(one) and option not in TAKE_A_WORD else one
        for option, one in zip(before, arguments, strict=False)
    ]


def _is_a_folder(argument: str) -> bool:
    return not argument.startswith("-") and (ROOT / "tests" / argument).exists()


def check(name: str, command: Sequence[str]) -> Outcome:
    """Run one tool of this environment; print what it says if it fails."""
    started = time.monotonic()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    outcome = Outcome(name, FAILED if done.returncode else PASSED, time.monotonic() - started)
    say(str(outcome))
    if done.returncode:
        say(done.stdout)
    return outcome


def everything(folder: Path) -> list[Outcome]:
    """Run all checks, then the tests on SQLite, on PostgreSQL, in a browser, and on Spark.

    The slow checks run beside the tests and are told when they are done.
    """
    fetching = Fetching(folder / "pyspark")
    pool = ThreadPoolExecutor(1)
    slow = pool.submit(lambda: [check(*one) for one in SLOW.items()])
    try:
        outcomes = [check(*one) for one in QUICK.items()]
        os.environ["THROUGHLINE_CHROMIUM"], missing = find_chromium(may_install=True)
        outcomes += [pytest("SQLite", "", PLAIN, folder), postgresql([], folder)]
        outcomes.append(
            Outcome("tests on browser", COULD_NOT_RUN, 0, missing)
            if missing
            else pytest("browser", "", BROWSER, folder)
        )
        return [*outcomes, on_spark(fetching, folder), *slow.result()]
    finally:
        pool.shutdown(cancel_futures=True)
        fetching.give_up()


def chosen_tests(folder: Path, arguments: Sequence[str]) -> list[Outcome]:
    """Run the tests that the arguments name, on SQLite and on PostgreSQL.

    Those on Spark are among them when their mark is asked for: only a full run fetches PySpark.
    """
    os.environ["THROUGHLINE_CHROMIUM"], _missing = find_chromium(may_install=False)
    chosen = folders_of(arguments)
    outcomes = [
        pytest("SQLite", "", ["-m", "not spark", *chosen], folder),
        postgresql(chosen, folder),
    ]
    return [one for one in outcomes if one.why != NO_TEST] or outcomes


def on_spark(fetching: Fetching, folder: Path) -> Outcome:
    """Run what counts on Spark. Without Java it is left out, and the answer says so."""
    if missing := fetching.missing():
        code = COULD_NOT_RUN if fetching.has_java else PASSED
        return Outcome("tests on Spark", code, 0, missing)
    os.environ["PYTHONPATH"] = str(fetching.folder)
    try:
        return pytest("Spark", "", SPARK, folder)
    finally:
        del os.environ["PYTHONPATH"]


def postgresql(chosen: Sequence[str], folder: Path) -> Outcome:
    """Run the tests on a PostgreSQL of our own, or on the one that DATABASE_URL names."""
    with database_for_tests() as (url, missing):
        if missing:
            return Outcome("tests on PostgreSQL", COULD_NOT_RUN, 0, missing)
        return pytest("PostgreSQL", url, [*PLAIN, *chosen], folder)


def pytest(on: str, url: str, chosen: Sequence[str], folder: Path) -> Outcome:
    """Run pytest once; an empty ``url`` means SQLite. No test at all is a failure."""
    name = f"tests on {on}"
    say(f"\n{name}:")
    variables = {**os.environ, "DATABASE_URL": url}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, *PYTEST, *junit_options(folder, on), *chosen], env=variables, check=False
    )
    why = NO_TEST if done.returncode == NOTHING_COLLECTED else ""
    return Outcome(name, FAILED if done.returncode else PASSED, time.monotonic() - started, why)


def junit_options(folder: Path, on: str) -> list[str]:
    """Return the options by which pytest writes its part of the results."""
    return [f"--junit-xml={folder / on}.xml", "-o", f"junit_suite_name={on}"]
