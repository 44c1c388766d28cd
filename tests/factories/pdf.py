"""A PDF read back: what a reader and her screen reader get of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

_STANDARD = re.compile(rb"<pdfuaid:part>(\d)</pdfuaid:part>")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a file says. ``tags`` in reading order; ``text`` with single spaces."""

    title: str
    author: str
    language: str
    standard: str
    is_tagged: bool
    tags: list[str]
    text: str
    pages: int
    fonts: set[str]


def read_back(content: bytes) -> ReadBack:
    """Read a PDF back."""
    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]
    found = _STANDARD.search(root["/Metadata"].get_object().get_data())
    return ReadBack(
        str(reader.metadata.title),
        str(reader.metadata.author),
        str(root["/Lang"]),
        f"ua-{found[1].decode()}" if found else "",
        bool(root["/MarkInfo"]["/Marked"]),
        list(_tags(root["/StructTreeRoot"]["/K"])),
        " ".join(" ".join(page.extract_text() for page in reader.pages).split()),
        len(reader.pages),
        {name for page in reader.pages for name in _fonts(page)},
    )


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]).removeprefix("/")
        if "/K" in node:
            yield from _tags(node["/K"])


def _fonts(page: Any) -> Iterator[str]:
    """Yield the names of fonts that a page uses, without the mark of a subset."""
    for one in page["/Resources"]["/Font"].values():
        name = str(one.get_object()["/BaseFont"]).partition("+")[2]
        yield name.removesuffix("-Identity-H")
