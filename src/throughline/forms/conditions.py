"""Judge the conditions of questions: true, false, or not known yet. Parsed, never evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

Tree = tuple[Any, ...]

_TOKEN = re.compile(
    r"\s*('[^']*'|\d+(?:\.\d+)?|<=|>=|!=|=|<|>|\(|\)|[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*)"
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: bool(left == right),
    "!=": lambda left, right: bool(left != right),
    "<": lambda left, right: bool(left < right),
    "<=": lambda left, right: bool(left <= right),
    ">": lambda left, right: bool(left > right),
    ">=": lambda left, right: bool(left >= right),
    "in": lambda left, right: left in right,
    "includes": lambda left, right: right in left,
}


def judge(condition: str, facts: Mapping[str, Any]) -> bool | None:
    """Return whether the condition holds of these facts; ``None`` if one that matters is missing."""
    held: bool | None = _judge(_parse(condition), facts)
    return held


def _judge(tree: Tree, facts: Mapping[str, Any]) -> Any:
    match tree:
        case ("value", value):
            return value
        case ("path", path):
            return facts.get(path)
        case ("not", inner):
            known = _judge(inner, facts)
            return None if known is None else not known
        case ("answered", inner):
            return _judge(inner, facts) not in (None, "", [])
        case ("empty", inner):
            return _judge(inner, facts) in (None, "", [])
        case ("and" | "or" as word, *parts):
            judged, decides = [_judge(part, facts) for part in parts], word == "or"
            if decides in judged:
                return decides
            return None if None in judged else not decides
    compare, left, right = tree[0], _judge(tree[1], facts), _judge(tree[2], facts)
    if left is None or right is None:
        return None
    return _COMPARE[compare](left, right)


@lru_cache(maxsize=512)
def _parse(text: str) -> Tree:
    tokens, place = [], 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            raise ValueError(f"cannot read the condition at {text[place : place + 20]!r}")
        tokens.append(found[1])
        place = found.end()
    parser = _Parser(tokens)
    tree = parser.joined("or", lambda: parser.joined("and", parser.negation))
    if parser.left:
        raise ValueError(f"did not understand {parser.left[0]!r} in: {text}")
    return tree


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens

    def take(self) -> str:
        if not self.left:
            raise ValueError("the condition ends too early")
        return self.left.pop(0)

    def joined(self, word: str, part: Callable[[], Tree]) -> Tree:
        parts = [part()]
        while self.left[:1] == [word]:
            self.take()
            parts.append(part())
        return (word, *parts) if len(parts) > 1 else parts[0]

    def negation(self) -> Tree:
        if self.left[:1] == ["not"]:
            self.take()
            return ("not", self.negation())
        if self.left[:1] == ["("]:
            self.take()
            inner = self.joined("or", lambda: self.joined("and", self.negation))
            self.take()
            return inner
        return self.comparison()

    def comparison(self) -> Tree:
        left = self.value()
        word = self.left[0] if self.left else ""
        if word in _COMPARE:
            return (self.take(), left, self.value())
        if word == "is":
            self.take()
            return (self.take(), left)
        return ("=", left, ("value", True))

    def value(self) -> Tree:
        token = self.take()
        if token.startswith("'"):
            return ("value", token[1:-1])
        if token[0].isdigit():
            return ("value", float(token))
        if token in {"yes", "no"}:
            return ("value", {"yes": True, "no": False}[token])
        return ("path", token)
