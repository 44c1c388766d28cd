"""Find the line of every key and entry of a file that is valid TOML."""

from __future__ import annotations

import re

from throughline.core.blueprint.faults import Place

_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
    r"|#[^\n]*|[\[\]{},=.\n]|[^\s\[\]{},=.#\"']+",
    re.DOTALL,
)


class Lines(dict[Place, int]):
    """Lines by place. A place that has none of its own stands on the line of its table."""

    def of(self, place: Place) -> int:
        """Return the line of the place, or of the nearest table around it."""
        while place and place not in self:
            place = place[:-1]
        return self.get(place, 1)


def lines_of(text: str) -> Lines:
    """Return the line of every key, table and entry.

    Parameters
    ----------
    text
        Valid TOML of bounded depth; anything else gives lines of no use.
    """
    scan = _Scan(text)
    while scan.more():
        scan.statement()
    return scan.lines


class _Scan:
    """One pass over the tokens. The text is known to be valid, so nothing is checked again."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, int]] = []
        line, place = 1, 0
        for found in _TOKEN.finditer(text):
            line += text.count("\n", place, found.start())
            place = found.start()
            if not found[0].startswith("#"):
                self.tokens.append((found[0], line))
        self.at = 0
        self.lines = Lines()
        self.table: Place = ()
        self.last: dict[Place, int] = {}

    def more(self) -> bool:
        return self.at < len(self.tokens)

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.more() else ""

    def take(self) -> tuple[str, int]:
        token = self.tokens[self.at] if self.more() else ("", 1)
        self.at += 1
        return token

    def statement(self) -> None:
        if self.peek() == "\n":
            self.take()
        elif self.peek() == "[":
            self.header()
        else:
            self.pair(self.table)

    def header(self) -> None:
        _, line = self.take()
        is_array = self.peek() == "["
        if is_array:
            self.take()
        parts, self.table = self.key(), ()
        for part in parts[:-1]:
            self.table = self.entered((*self.table, part))
        place = (*self.table, parts[-1])
        if is_array:
            self.last[place] = self.last.get(place, -1) + 1
            self.lines.setdefault(place, line)
        self.table = self.entered(place)
        self.lines[self.table] = line
        while self.peek() == "]":
            self.take()

    def entered(self, place: Place) -> Place:
        return (*place, self.last[place]) if place in self.last else place

    def key(self) -> list[str]:
        parts = [self.name()]
        while self.peek() == ".":
            self.take()
            parts.append(self.name())
        return parts

    def name(self) -> str:
        token, _ = self.take()
        return token[1:-1] if token[:1] in {'"', "'"} else token

    def pair(self, below: Place) -> None:
        line = self.tokens[self.at][1]
        place = (*below, *self.key())
        self.lines[place] = line
        self.take()
        self.value(place)

    def value(self, place: Place) -> None:
        value, _ = self.take()
        if value == "[":
            self.entries(place)
        elif value == "{":
            while self.more() and self.peek() != "}":
                if self.peek() in {",", "\n"}:
                    self.take()
                else:
                    self.pair(place)
            self.take()
        else:
            while self.peek() == ".":  # a number or a time with a fraction
                self.take()
                self.take()

    def entries(self, place: Place) -> None:
        index = 0
        while self.more() and self.peek() != "]":
            if self.peek() in {",", "\n"}:
                self.take()
                continue
            self.lines[(*place, index)] = self.tokens[self.at][1]
            self.value((*place, index))
            index += 1
        self.take()
