"""A text with the language it is in, so that a page can say where it is another than its own."""

from __future__ import annotations

from typing import Self


class Told(str):
    """A text; ``language`` is "es", or "" where nobody knows: who typed it did not say."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str = "") -> Self:
        told = super().__new__(cls, text)
        told.language = language
        return told
