"""The base of every table in a program's file, and the marks that its fields carry."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, RootModel

from throughline.core.blueprint.moments import Moment
from throughline.core.blueprint.phrases import Key

if TYPE_CHECKING:
    from throughline.core.blueprint.speech import Speech
    from throughline.core.blueprint.whole import Whole


@dataclass(frozen=True, slots=True)
class Names:
    """The value is a key that the file defines elsewhere, of one of these kinds."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


@dataclass(frozen=True, slots=True)
class Defines:
    """The keys of this table or list are keys of these kinds.

    ``within`` puts the key of the table around before them: ``application.title``.
    """

    kinds: tuple[str, ...]
    within: bool = False

    def __init__(self, *kinds: str, within: bool = False) -> None:
        object.__setattr__(self, "kinds", kinds)
        object.__setattr__(self, "within", within)


@dataclass(frozen=True, slots=True)
class NamesTable:
    """The value is the path of a table of the file, such as ``convenings.series.network``."""


@dataclass(frozen=True, slots=True)
class NamesList:
    """A text here is the name of a list of the file, such as ``list.south`` or ``list.titles``."""


@dataclass(frozen=True, slots=True)
class Shown:
    """People read this text: terms of the program stand in it as {word.KEY}.

    ``filled`` are further places that the sender fills in, such as {person.name}.
    """

    filled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment that has a place of its own on the calendar.

    ``title`` is the file's text; ``says`` is ours, around it, and marked for translation.
    """

    title: str
    begins: Moment
    ends: Moment | None = None
    names: tuple[str, ...] = ()
    """What other moments call it: of ``begins``, then of ``ends``."""
    is_deadline: bool = False
    """It never falls on a day when nobody answers: it moves forward to an open one."""
    time: str = ""
    says: str = "%(title)s"

    @property
    def called(self) -> str:
        """What the calendar of the file calls it: "Application closes"."""
        return self.says % {"title": self.title}


def marked(text: str) -> str:
    """Mark a text for translation; tables know no Django, so pages translate it."""
    return text


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong inside a table: what was expected, what stands there, and where below it."""

    expected: str
    got: str
    at: tuple[str | int, ...] = ()
    hint: str = ""
    is_note: bool = False


class Table(BaseModel):
    """One table of the file. Every table may say where it comes from and carry a remark."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    source: str | None = Field(
        None, description='who said it: "SOURCE-KEY: where", several joined by "; "'
    )
    note: str | None = Field(None, description="a remark for readers of the file")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Say what cannot be right in this table, given the whole file."""
        return iter(())

    def dated(self) -> Iterator[Dated]:
        """Return the moments of this table that stand on the calendar."""
        return iter(())

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say what this section promises, in plain sentences."""
        return iter(())

    def blanks(self, speech: Speech) -> Iterator[str]:
        """Say it again for a host who edits: ``[[cohort.max]]`` is a blank for that value."""
        return iter(())


class Promise(Table):
    """A table that promises something: readers see beside it who said so."""

    def promises(self) -> bool:
        """Whether anything is promised here; a table of defaults promises nothing."""
        return self != type(self).model_construct()

    def sums(self, whole: Whole, counts: Mapping[str, int]) -> Iterator[Complaint]:
        """Compare the promise with what the file plans: ``counts`` are dates by series."""
        return iter(())


Entry = TypeVar("Entry")


class Named(RootModel[dict[Key, Entry]], Generic[Entry]):
    """A section in which every entry is named by its key."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    def __getitem__(self, key: str) -> Entry:
        return self.root[key]

    def __contains__(self, key: object) -> bool:
        return key in self.root

    def __len__(self) -> int:
        return len(self.root)

    def get(self, key: str) -> Entry | None:
        """Return the entry, or nothing."""
        return self.root.get(key)

    def keys(self) -> KeysView[str]:
        """Return the keys in the order of the file."""
        return self.root.keys()

    def values(self) -> ValuesView[Entry]:
        """Return the entries in the order of the file."""
        return self.root.values()

    def items(self) -> ItemsView[str, Entry]:
        """Return keys and entries in the order of the file."""
        return self.root.items()

    def blanks(self, speech: Speech) -> Iterator[str]:
        """Say it for a host who edits; as for every table."""
        return iter(())


Text = Annotated[str, Field(max_length=5000)]
"""Words of the host. They stay plain text: pages escape them."""
ShownText = Annotated[str, Field(max_length=5000), Shown()]
RoleKey = Annotated[Key, Names("role")]
FormKey = Annotated[Key, Names("form")]
WordKey = Annotated[Key, Names("word")]
TablePath = Annotated[str, Field(max_length=200), NamesTable()]

Sections = Mapping[str, BaseModel]
