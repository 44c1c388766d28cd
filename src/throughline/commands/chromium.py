"""Find the system's Chromium and see that its driver starts; on Debian, as root, install them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from throughline.commands.speaking import say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation", "libatomic1")
HOW = f"Chromium is missing; on Debian: apt-get install {' '.join(PACKAGES)}"
NO_DRIVER = "The driver of the browser does not start; on Debian: apt-get install libatomic1"


def find_chromium(*, may_install: bool) -> tuple[str, str]:
    """Return the path of Chromium, or an empty one and how to get what is missing."""
    path, missing = _found()
    if missing and may_install and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Chromium or its driver is missing something; installing Debian's packages.")
        _install()
        path, missing = _found()
    return path, missing


def _found() -> tuple[str, str]:
    path = _on_the_path()
    if not path:
        return "", HOW
    return (path, "") if _driver_starts() else ("", NO_DRIVER)


def _on_the_path() -> str:
    given = os.environ.get("THROUGHLINE_CHROMIUM", "")
    return given or next((found for name in NAMES if (found := shutil.which(name))), "")


def _driver_starts() -> bool:
    """Start the driver once: it needs a library that a small system does not have."""
    command = [sys.executable, "-m", "playwright", "--version"]
    return not subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False
    ).returncode


def _install() -> None:
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            ["apt-get", "-q", *words], env=variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            say(done.stdout[-500:])
            return
