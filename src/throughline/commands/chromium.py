"""Find the system's Chromium; on Debian, as root, install it."""

from __future__ import annotations

import os
import shutil
import subprocess

from throughline.commands.speaking import say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation")
HOW = f"Chromium is missing; on Debian: apt-get install {' '.join(PACKAGES)}"


def find_chromium(*, may_install: bool) -> tuple[str, str]:
    """Return the path of Chromium, or an empty one and how to get it."""
    if path := _on_the_path():
        return path, ""
    if may_install and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Chromium is missing; installing Debian's.")
        _install()
    path = _on_the_path()
    return path, "" if path else HOW


def _on_the_path() -> str:
    given = os.environ.get("THROUGHLINE_CHROMIUM", "")
    return given or next((found for name in NAMES if (found := shutil.which(name))), "")


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
