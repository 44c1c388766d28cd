"""What an event and its parts are called: by the version, in the language that is active."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.convenings.blueprint import ConveningsSection
from throughline.convenings.enums import SessionKind
from throughline.programs.models import BlueprintVersion
from throughline.programs.sections import section
from throughline.programs.series import AgendaBlock, Series, Theme
from throughline.programs.words import words_of

LONGEST = 200


def title_of(version: BlueprintVersion, series_key: str, number: int) -> str:
    """Return "Network convening 3": people say the number."""
    series = _series(version, series_key)
    if series is None:
        return ""
    title = capfirst(words_of(version).fill(series.title))
    if series.count == 1 or str(number) in title:
        return title[:LONGEST]
    return f"{title[: LONGEST - 10]} {number}"


def theme_of(version: BlueprintVersion, series_key: str, number: int) -> str:
    """Return the theme of one date of a series, or nothing."""
    theme = _theme(version, series_key, number)
    return words_of(version).fill(theme.title)[:LONGEST] if theme else ""


def objectives_of(version: BlueprintVersion, series_key: str, number: int) -> str:
    """Return what one date of a series is for, or nothing."""
    theme = _theme(version, series_key, number)
    return words_of(version).fill(theme.text) if theme else ""


def part_of(version: BlueprintVersion, series_key: str, position: int) -> str:
    """Return the title of a part of the agenda, counted from 1, or nothing."""
    series = _series(version, series_key)
    if series is None or not 0 < position <= len(series.agenda):
        return ""
    part = series.agenda[position - 1]
    return words_of(version).fill(part.title)[:LONGEST] or _title(kind_of(part))


def kind_of(part: AgendaBlock) -> SessionKind:
    """Return the kind of a part; what the product has no word for is something else."""
    key = part.kind.replace(" ", "_")
    return SessionKind(key) if key in SessionKind.values else SessionKind.OTHER


def _title(kind: SessionKind) -> str:
    own = {
        SessionKind.OPENING: _("Welcome"),
        SessionKind.COMMITMENTS: _("Commitments until we meet again"),
    }
    return own.get(kind, str(kind.label))


def _series(version: BlueprintVersion, key: str) -> Series | None:
    return section(version, "convenings", ConveningsSection).series.get(key)


def _theme(version: BlueprintVersion, series_key: str, number: int) -> Theme | None:
    series = _series(version, series_key)
    if series is None or not 0 < number <= len(series.themes):
        return None
    return series.themes[number - 1]
