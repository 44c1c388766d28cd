"""``throughline messages``: collect what is marked for translation, keep and compile catalogs.

For developers: it needs the test tools. A catalog is ``locale/LANGUAGE/LC_MESSAGES/django.po``;
the compiled file beside it is what the site reads, and is kept with it.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.commands.speaking import Arguments, Stop

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(str(files("throughline")))
Which = tuple[int | tuple[int, int] | tuple[int, str], ...]
KEYWORDS: dict[str, Which | None] = {
    "_": (1,), "gettext": (1,), "gettext_lazy": (1,), "gettext_noop": (1,),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
"""Functions that mark a text, and which of their arguments are texts."""
NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Catalogs hold no day of their own: history knows it."""
HEADERS = re.compile(
    rb'"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|'
    rb'Last-Translator|Language-Team|Generated-By): [^"]*"\n'
)
PLACE = re.compile(r"%\(\w+\)[sdif]|%[sdif]|{\w+}")


@dataclass(frozen=True, slots=True)
class Found:
    """A text that is marked: with its plural and context, if it has them, and where."""

    text: str | tuple[str, ...]
    context: str | None
    file: str
    line: int


def main(arguments: Sequence[str]) -> int:
    """Update a catalog with what the code says, compile it, and name what is not translated."""
    parser = Arguments("throughline messages", description=main.__doc__)
    parser.add_argument("language", help="such as es")
    options = parser.parse_args(arguments)
    path = catalog_file(options.language)
    if not path.parent.parent.parent.exists():
        raise Stop("There is no folder for translations in this installation.")
    catalog = updated(options.language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalog))
    path.with_suffix(".mo").write_bytes(compiled(catalog))
    missing = [str(message.id) for message in catalog if message.id and not message.string]
    for text in missing:
        print(text)
    return 1 if missing else 0


def collect() -> list[Found]:
    """Return every text that the code and the templates mark, in the order of the files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.settings")
    from django.utils.translation.template import templatize

    found: list[Found] = []
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" not in path.parts:
            found.extend(_marked(path.read_text(encoding="utf-8"), path))
    for path in sorted([*ROOT.rglob("templates/**/*.html"), *ROOT.rglob("templates/**/*.txt")]):
        plain = templatize(path.read_text(encoding="utf-8"))
        found.extend(_marked("\n".join(line.strip() for line in plain.split("\n")), path))
    return found


def updated(language: str) -> Catalog:
    """Return the catalog of a language with exactly the texts of today; translations are kept."""
    from babel.messages.catalog import Catalog

    kept = read(language)
    catalog = Catalog(
        locale=language, fuzzy=False, header_comment="# Texts of Throughline.",
        creation_date=NO_DAY, revision_date=NO_DAY,
    )  # fmt: skip
    for one in collect():
        there = kept.get(one.text, one.context)
        catalog.add(
            one.text,
            string=there.string if there is not None else None,
            locations=[(one.file, 0)],
            context=one.context,
            flags=["python-format"] if "%(" in str(one.text) else [],
        )
    return catalog


def read(language: str) -> Catalog:
    """Return the catalog as it stands in its file; an empty one where there is none."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = catalog_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(catalog: Catalog) -> bytes:
    """Return the text of a catalog: sorted, and without what changes every time."""
    from babel.messages.pofile import write_po

    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_output=True, no_location=True, omit_header=False)
    return HEADERS.sub(b"", out.getvalue())


def compiled(catalog: Catalog) -> bytes:
    """Return what the site reads; the same catalog gives the same bytes."""
    from babel.messages.mofile import write_mo

    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def catalog_file(language: str) -> Path:
    """Return where the catalog of a language lies."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def places(text: str) -> list[str]:
    """Return the places that are filled in a text, sorted."""
    return sorted(PLACE.findall(text))


def _marked(source: str, path: Path) -> Iterator[Found]:
    from babel.messages.extract import extract_python

    file = path.relative_to(ROOT).as_posix()
    stream = io.BytesIO(source.encode())
    for line, function, arguments, _comments in extract_python(stream, KEYWORDS, [], {}):
        given = arguments if isinstance(arguments, tuple | list) else (arguments,)
        spec = KEYWORDS[str(function)] or (1,)
        context = next((given[at[0] - 1] for at in spec if isinstance(at, tuple)), None)
        texts = [given[at - 1] for at in spec if isinstance(at, int)]
        if all(texts):
            yield Found(tuple(texts) if len(texts) > 1 else texts[0], context, file, line)
