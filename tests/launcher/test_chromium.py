"""Whoever lacks the browser is told what to install."""

from __future__ import annotations

from pathlib import Path

from throughline.commands.chromium import find_chromium


def test_without_a_browser_the_sentence_names_every_package(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("THROUGHLINE_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    found = find_chromium(may_install=False)

    assert found == (
        "",
        "Chromium is missing; on Debian: apt-get install chromium fonts-liberation libatomic1",
    )


def test_a_driver_that_does_not_start_is_told_from_a_missing_browser(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_CHROMIUM", "/usr/bin/chromium")
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(tmp_path / "a driver that is not there"))

    found = find_chromium(may_install=False)

    assert found == (
        "",
        "The driver of the browser does not start; on Debian: apt-get install libatomic1",
    )
