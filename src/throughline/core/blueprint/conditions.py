"""Conditions over facts: parsed, never evaluated as code; true, false, or not known yet.

There are no calls, no arithmetic and no attributes, so a stranger's file can be judged safely.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from throughline.core.blueprint.amounts import Amount, parse_amount

LONGEST = 500
DEEPEST = 12

EXPECTED = 'a condition, such as "person.is_executive" or "district.state in list.south"'

_PATH = r"[a-z][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)*"
_TOKEN = re.compile(rf"\s*('[^']*'|\d{{1,9}}(?:\.\d{{1,9}})?|<=|>=|!=|=|<|>|\(|\)|{_PATH})")
_RESERVED = frozenset({"and", "or", "not", "in", "is", "includes"})


@dataclass(frozen=True, slots=True)
class Value:
    """A text, a number, yes or no."""

    value: str | Decimal | bool


@dataclass(frozen=True, slots=True)
class Path:
    """The name of a fact."""

    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values and the word between them."""

    word: str
    left: Value | Path
    right: Value | Path


@dataclass(frozen=True, slots=True)
class Present:
    """Whether something is answered, or empty."""

    is_answered: bool
    of: Value | Path


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; the opposite of unknown is unknown."""

    part: Tree


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts joined by ``and`` or by ``or``."""

    word: str
    parts: tuple[Tree, ...]


Tree = Compare | Present | Not | Joined

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda left, right: left in right,
    "includes": lambda left, right: right in left,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A question about facts, in one spelling."""

    text: str
    tree: Tree

    def __str__(self) -> str:
        return self.text

    def paths(self) -> tuple[str, ...]:
        """Return the facts it asks for, in order."""
        return tuple(_paths(self.tree))

    def judge(self, facts: Mapping[str, Any]) -> bool | None:
        """Return whether it holds; ``None`` when a fact that matters is not known yet."""
        return _judge(self.tree, facts)


@lru_cache(maxsize=1024)
def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises
    ------
    ValueError
        It is none, or longer or deeper than a person could read.

    Examples
    --------
    >>> rule = parse_condition("district.state in list.south or not person.is_executive")
    >>> rule.judge({"district.state": "GA", "list.south": ("GA", "MS")})
    True
    """
    if len(text) > LONGEST:
        raise ValueError(f"a condition of at most {LONGEST} characters")
    tokens = _tokens(text)
    parser = _Parser(tokens)
    tree = parser.alternatives()
    if parser.left:
        raise ValueError(f"{EXPECTED}; did not understand {' '.join(parser.left)!r}")
    return Condition(_spelled(tokens), tree)


def _tokens(text: str) -> list[str]:
    tokens, place, end = [], 0, len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None:
            raise ValueError(f"{EXPECTED}; cannot read it at {text[place : place + 20]!r}")
        tokens.append(found[1])
        place = found.end()
    return tokens


def _spelled(tokens: list[str]) -> str:
    return " ".join(tokens).replace("( ", "(").replace(" )", ")")


class _Parser:
    """One pass over the tokens: or over and over not over comparison."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = list(tokens)
        self.depth = 0

    def peek(self) -> str:
        return self.left[0] if self.left else ""

    def take(self, wanted: str = "") -> str:
        if not self.left or (wanted and self.left[0] != wanted):
            raise ValueError(f"{EXPECTED}; {wanted or 'a value'} is missing")
        return self.left.pop(0)

    def alternatives(self) -> Tree:
        return self._joined("or", self.conjunction)

    def conjunction(self) -> Tree:
        return self._joined("and", self.negation)

    def _joined(self, word: str, part: Callable[[], Tree]) -> Tree:
        parts = [part()]
        while self.peek() == word:
            self.take()
            parts.append(part())
        return Joined(word, tuple(parts)) if len(parts) > 1 else parts[0]

    def negation(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError(f"a condition nested at most {DEEPEST} deep")
        tree = self._negation()
        self.depth -= 1
        return tree

    def _negation(self) -> Tree:
        if self.peek() == "not":
            self.take()
            return Not(self.negation())
        if self.peek() == "(":
            self.take()
            inner = self.alternatives()
            self.take(")")
            return inner
        return self.comparison()

    def comparison(self) -> Tree:
        left, word = self.value(), self.peek()
        if word in _COMPARE:
            self.take()
            return Compare(word, left, self.value())
        if word == "is":
            self.take()
            state = self.take()
            if state not in {"answered", "empty"}:
                raise ValueError(f'"is answered" or "is empty"; found "is {state}"')
            return Present(state == "answered", left)
        return Compare("=", left, Value(True))

    def value(self) -> Value | Path:
        word = self.take()
        if word.startswith("'"):
            return Value(word[1:-1])
        if word[0].isdigit():
            return Value(Decimal(word))
        if word in {"yes", "no"}:
            return Value(word == "yes")
        if word in _RESERVED or not re.fullmatch(_PATH, word):
            raise ValueError(f"{EXPECTED}; found {word!r} where a value stands")
        return Path(word)


def _paths(tree: Tree | Value | Path) -> Iterator[str]:
    match tree:
        case Path(name):
            yield name
        case Compare(_, left, right):
            yield from _paths(left)
            yield from _paths(right)
        case Present(_, of):
            yield from _paths(of)
        case Not(part):
            yield from _paths(part)
        case Joined(_, parts):
            for part in parts:
                yield from _paths(part)


def _judge(tree: Tree, facts: Mapping[str, Any]) -> bool | None:
    match tree:
        case Not(part):
            known = _judge(part, facts)
            return None if known is None else not known
        case Joined(word, parts):
            judged, decides = [_judge(part, facts) for part in parts], word == "or"
            if decides in judged:
                return decides
            return None if None in judged else not decides
        case Present(is_answered, of):
            return (_fact(of, facts) not in (None, "", [], ())) is is_answered
        case Compare(word, left, right):
            return _compare(word, _fact(left, facts), _fact(right, facts))
    raise AssertionError("a tree has no other parts")


def _fact(value: Value | Path, facts: Mapping[str, Any]) -> Any:
    return value.value if isinstance(value, Value) else facts.get(value.name)


def _compare(word: str, left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    try:
        if isinstance(left, Amount) or isinstance(right, Amount):
            left, right = _sizes(left, right)
        return bool(_COMPARE[word](left, right))
    except (TypeError, ValueError):
        return None  # a fact of another kind answers nothing


def _sizes(left: Any, right: Any) -> tuple[int, int]:
    left, right = (parse_amount(side) if isinstance(side, str) else side for side in (left, right))
    if not (isinstance(left, Amount) and isinstance(right, Amount) and left.unit == right.unit):
        raise ValueError("amounts of two units")
    return left.high, right.high
