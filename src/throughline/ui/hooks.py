"""What the design layer tells the apps above. Filled by ``composition.wiring``."""

from __future__ import annotations

from collections.abc import Callable

LANGUAGE_CHOSEN: list[Callable[..., object]] = []
"""Somebody who is signed in chose a language: called with the person, the language, by and now."""
