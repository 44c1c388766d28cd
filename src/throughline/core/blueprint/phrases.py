"""The types of single values in a section: phrases that are parsed once, and strict plain ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal
from zoneinfo import available_timezones

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from throughline.core.blueprint import amounts, conditions, moments, money
from throughline.core.blueprint.amounts import OPEN, Amount, parse_amount
from throughline.core.blueprint.conditions import Condition, parse_condition
from throughline.core.blueprint.moments import Moment, Span, parse_moment, parse_span
from throughline.core.blueprint.money import Money, parse_money

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """How a value is read from the file, written back, described and shown in the schema."""

    name: str
    read: Callable[[Any], Any]
    expected: str
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"}, hash=False)
    write: Callable[[Any], Any] = str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Parse with ``read``; whatever it refuses becomes an error that says what was expected."""
        return core_schema.no_info_plain_validator_function(
            self._checked,
            serialization=core_schema.plain_serializer_function_ser_schema(self.write),
        )

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the phrase to an editor."""
        return {**self.schema, "description": f"expected {self.expected}"}

    def _checked(self, value: Any) -> Any:
        try:
            return self.read(value)
        except (ValueError, TypeError) as error:
            expected = str(error) if isinstance(error, ValueError) else self.expected
            raise PydanticCustomError("phrase", "{expected}", {"expected": expected}) from error


def _as_text(value: Any, expected: str) -> str:
    if not isinstance(value, str):
        raise ValueError(expected)
    return value


def _spoken(read: Callable[[str], Any], kind: type, expected: str) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, kind) else read(_as_text(value, expected))


def _or_open(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: OPEN if value == OPEN else read(value)


_read_amount = _spoken(parse_amount, Amount, amounts.EXPECTED)
_read_span = _spoken(parse_span, Span, moments.EXPECTED_SPAN)
_read_moment = _spoken(parse_moment, Moment, moments.EXPECTED_MOMENT)
_read_money = _spoken(parse_money, Money, money.EXPECTED)
_read_condition = _spoken(parse_condition, Condition, conditions.EXPECTED)


def _matching(pattern: str, expected: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ValueError(expected)
        return value

    return read


def _text(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


EXPECTED_ZONE = 'a time zone, such as "America/New_York", or "host", "event" or "learner"'


EXPECTED_NAMED_ZONE = 'a time zone by its name, such as "America/New_York"'


def _read_zone(value: Any) -> str:
    known = {"host", "event", "learner", "participant"}
    if not isinstance(value, str) or not (value in known or value in _zones()):
        raise ValueError(EXPECTED_ZONE)
    return value


def _read_named_zone(value: Any) -> str:
    if not isinstance(value, str) or value not in _zones():
        raise ValueError(EXPECTED_NAMED_ZONE)
    return value


def _read_count(value: Any) -> int | str:
    if value == OPEN:
        return OPEN
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000:
        raise ValueError(EXPECTED_COUNT)
    return value


def _read_date(value: Any) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    if type(value) is not date:
        raise TypeError
    return value


KEY = r"[a-z][a-z0-9-]{0,59}"
EXPECTED_KEY = 'a key of lower-case letters, digits and hyphens, such as "design-team"'
EXPECTED_COUNT = f'a whole number, or "{OPEN}" while it is open'
EXPECTED_CLOCK = 'a time, such as "13:00"'
EXPECTED_WEEKDAY = 'a weekday, such as "Thursday", "2nd Tuesday" or "last Friday"'
EXPECTED_MONTH_DAY = 'a month and a day, such as "12-18"'
EXPECTED_WEEK_TIME = 'a weekday and a time, such as "Monday 00:00"'
EXPECTED_PAIRS = 'a vocabulary, such as [["policy", "Policy"], ["practice", "Practice"]]'
EXPECTED_LIST = 'a list of codes, such as ["AL", "GA"], or a vocabulary of [key, label] pairs'
EXPECTED_OPTIONS = '[key, label] pairs, or the name of a list, such as "list.titles"'

_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_WEEKDAY = rf"(?:(?:1st|2nd|3rd|4th|last) )?(?:{'|'.join(DAYS)})"

Pairs = tuple[tuple[str, str], ...]


def _read_pairs(value: Any) -> Pairs:
    if not isinstance(value, list | tuple):
        raise ValueError(EXPECTED_PAIRS)
    pairs = []
    for entry in value:
        if not isinstance(entry, list | tuple) or len(entry) != 2:
            raise ValueError(EXPECTED_PAIRS)
        key, label = entry
        if not isinstance(label, str) or not isinstance(key, str) or not re.fullmatch(KEY, key):
            raise ValueError(f"{EXPECTED_PAIRS}; each key is {EXPECTED_KEY}")
        pairs.append((key, label))
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a vocabulary in which each key stands once")
    return tuple(pairs)


def _read_list(value: Any) -> tuple[str, ...] | Pairs:
    if isinstance(value, list | tuple) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    try:
        return _read_pairs(value)
    except ValueError as error:
        raise ValueError(EXPECTED_LIST) from error


def _read_options(value: Any) -> str | Pairs:
    return value if isinstance(value, str) else _read_pairs(value)


def _read_keys_or_all(value: Any) -> tuple[str, ...] | str:
    keys = isinstance(value, list | tuple) and all(
        isinstance(key, str) and re.fullmatch(KEY, key) for key in value
    )
    if value != "everything" and not keys:
        raise ValueError('"everything", or a list of entitlements')
    return "everything" if value == "everything" else tuple(value)


def _read_carry(value: Any) -> Any:
    return value if value in ("none", "all") else _read_amount(value)


def _write_pairs(value: Any) -> Any:
    return [list(pair) if isinstance(pair, tuple) else pair for pair in value]


def _write_options(value: Any) -> Any:
    return value if isinstance(value, str) else _write_pairs(value)


_PAIR_SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
}
_OPEN_SCHEMA: dict[str, Any] = {"const": OPEN}
_AMOUNT_SCHEMA = {"anyOf": [_text(amounts.PATTERN), {"const": "on request"}]}

_AMOUNT = Phrase("amount", _read_amount, amounts.EXPECTED, _AMOUNT_SCHEMA)
_OPEN_AMOUNT = Phrase(
    'amount or "?"', _or_open(_read_amount), amounts.EXPECTED,
    {"anyOf": [_AMOUNT_SCHEMA, _OPEN_SCHEMA]},
)  # fmt: skip
_OPEN_SPAN = Phrase(
    'span or "?"', _or_open(_read_span), moments.EXPECTED_SPAN,
    {"anyOf": [_text(moments.SPAN), _OPEN_SCHEMA]},
)  # fmt: skip
_OPEN_MONEY = Phrase(
    'money or "?"', _or_open(_read_money), money.EXPECTED,
    {"anyOf": [_text(money.PATTERN), _OPEN_SCHEMA]},
)  # fmt: skip
_COUNT = Phrase(
    'number or "?"', _read_count, EXPECTED_COUNT,
    {"anyOf": [{"type": "integer", "minimum": 0}, _OPEN_SCHEMA]}, lambda value: value,
)  # fmt: skip
_OPTIONS = Phrase(
    "vocabulary or text", _read_options, EXPECTED_OPTIONS,
    {"anyOf": [_PAIR_SCHEMA, {"type": "string"}]}, _write_options,
)  # fmt: skip

Number = Annotated[int, Strict()]
YesNo = Annotated[bool, Strict()]
Key = Annotated[str, Phrase("key", _matching(KEY, EXPECTED_KEY), EXPECTED_KEY, _text(KEY))]
AmountPhrase = Annotated[Amount, _AMOUNT]
OpenAmount = Annotated[Amount | Literal["?"], _OPEN_AMOUNT]
SpanPhrase = Annotated[Span, Phrase("span", _read_span, moments.EXPECTED_SPAN, _text(moments.SPAN))]
OpenSpan = Annotated[Span | Literal["?"], _OPEN_SPAN]
MomentPhrase = Annotated[
    Moment, Phrase("moment", _read_moment, moments.EXPECTED_MOMENT, _text(moments.MOMENT))
]
OpenMoney = Annotated[Money | Literal["?"], _OPEN_MONEY]
Count = Annotated[int | Literal["?"], _COUNT]
ConditionPhrase = Annotated[Condition, Phrase("condition", _read_condition, conditions.EXPECTED)]
Zone = Annotated[str, Phrase("zone", _read_zone, EXPECTED_ZONE)]
NamedZone = Annotated[str, Phrase("zone", _read_named_zone, EXPECTED_NAMED_ZONE)]
Clock = Annotated[
    str, Phrase("time", _matching(_CLOCK, EXPECTED_CLOCK), EXPECTED_CLOCK, _text(_CLOCK))
]
Weekday = Annotated[
    str,
    Phrase("weekday", _matching(_WEEKDAY, EXPECTED_WEEKDAY), EXPECTED_WEEKDAY, _text(_WEEKDAY)),
]
MonthDay = Annotated[
    str,
    Phrase(
        "month-day",
        _matching(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", EXPECTED_MONTH_DAY),
        EXPECTED_MONTH_DAY,
        _text(r"\d\d-\d\d"),
    ),
]
WeekTime = Annotated[
    str,
    Phrase(
        "weekday and time",
        _matching(rf"(?:{'|'.join(DAYS)}) {_CLOCK}", EXPECTED_WEEK_TIME),
        EXPECTED_WEEK_TIME,
        _text(rf"(?:{'|'.join(DAYS)}) {_CLOCK}"),
    ),
]
Day = Annotated[date, Phrase("date", _read_date, "a date, such as 2026-05-01", {"type": "string"})]
Vocabulary = Annotated[
    Pairs, Phrase("vocabulary", _read_pairs, EXPECTED_PAIRS, _PAIR_SCHEMA, _write_pairs)
]
CodeList = Annotated[
    tuple[str, ...] | Pairs,
    Phrase(
        "list of text or vocabulary", _read_list, EXPECTED_LIST, {"type": "array"}, _write_pairs
    ),
]
Options = Annotated[str | Pairs, _OPTIONS]
KeysOrAll = Annotated[
    tuple[str, ...] | Literal["everything"],
    Phrase(
        "list of key or 'everything'",
        _read_keys_or_all,
        '"everything", or a list of entitlements',
        {"anyOf": [{"const": "everything"}, {"type": "array", "items": {"type": "string"}}]},
        _write_options,
    ),
]
CarryOver = Annotated[
    Amount | Literal["none", "all"],
    Phrase(
        "'none', 'all' or amount",
        _read_carry,
        f'"none", "all" or {amounts.EXPECTED}',
        {"anyOf": [{"enum": ["none", "all"]}, _AMOUNT_SCHEMA]},
    ),
]
WeekdayName = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MonthName = Literal[
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
TierName = Literal["mine", "pair", "team", "host", "cohort", "network", "public"]
