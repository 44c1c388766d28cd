"""Drawings of one stroke, 24 by 24, in the color of the text. Never the only carrier of meaning."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "ask": '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.5a2.8 2.8 0 1 1 4 2.5c-.9.4-1.3 1-1.3 2M12 17v.1"/>',
    "chart": '<path d="M4 20V4M4 20h16"/><path d="M7 15l4-4 3 2.5L20 7"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "person": '<circle cx="12" cy="8" r="3.5"/><path d="M5 20c.6-4 3.4-6 7-6s6.4 2 7 6"/>',
    "voice": '<path d="M4 6h16v10H11l-4 4v-4H4z"/>',
    "wait": '<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>',
}


def icon(name: str) -> SafeString:
    """Return the drawing of this name as inline SVG that screen readers skip.

    Raises
    ------
    KeyError
        There is no such drawing.
    """
    return mark_safe(  # noqa: S308 - shapes are written above
        f'<svg class="ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{SHAPES[name]}</svg>'
    )
