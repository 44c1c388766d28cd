"""Where navigation comes from: composition sets two functions, the shell calls them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of a menu. ``current`` marks the part of the site that the reader is in."""

    label: str
    href: str
    current: bool = False


Items = Callable[[HttpRequest], Sequence[NavItem]]

NAVIGATION: Items | None = None
"""Returns at most six places for the person of a request, in reading order."""

ACCOUNT: Items | None = None
"""Returns what stands in the account menu above "Sign out": settings, roles, other networks."""


def items(source: Items | None, request: HttpRequest) -> list[NavItem]:
    """Return the items of a source, and none before composition has set it."""
    return list(source(request)) if source else []
