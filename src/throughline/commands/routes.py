"""Every address of the product: path, name, methods, audience, arguments. Read from the code."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

ALL_METHODS = ("GET", "POST")
"""What a view answers that names no methods."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address, as a visitor would have to know it."""

    path: str
    name: str
    methods: tuple[str, ...]
    audience: str
    arguments: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Return what ``manage routes --json`` prints."""
        return {
            "path": self.path, "name": self.name, "methods": list(self.methods),
            "audience": self.audience, "arguments": list(self.arguments),
        }  # fmt: skip


def routes() -> list[Route]:
    """Return every route in the order in which Django tries them."""
    return list(_below(get_resolver(), "/", "", ()))


def _below(
    resolver: URLResolver, prefix: str, namespace: str, arguments: tuple[str, ...]
) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + _written(pattern.pattern)
        taken = (*arguments, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, path, inner, taken)
        else:
            yield _route(pattern, path, namespace, taken)


def _written(pattern: RoutePattern | RegexPattern | Any) -> str:
    return str(pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")


def _route(pattern: URLPattern, path: str, namespace: str, arguments: tuple[str, ...]) -> Route:
    view = pattern.callback
    if isinstance(pattern.pattern, RegexPattern):
        arguments = (*arguments, *pattern.pattern.regex.groupindex)
    return Route(
        path=path,
        name=f"{namespace}{pattern.name or view.__name__}",
        methods=methods_of(view),
        audience=str(getattr(view, "audience", "library")),
        arguments=arguments,
    )


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return the methods that a view answers: of its class, or of the decorator it wears."""
    layer: Any = view
    while layer is not None:
        if isinstance(listed := getattr(layer, "view_class", None), type):
            return tuple(m for m in ALL_METHODS if hasattr(listed, m.lower()))
        kept = inspect.getclosurevars(layer).nonlocals if inspect.isfunction(layer) else {}
        if "request_method_list" in kept:
            return tuple(kept["request_method_list"])
        layer = getattr(layer, "__wrapped__", None)
    return ALL_METHODS
