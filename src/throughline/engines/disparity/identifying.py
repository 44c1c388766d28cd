"""Columns that point at a child. They are detected before anything is read, and refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from throughline.engines.disparity.unreadable import Finding

NUMBER, BIRTH, NAME, MAIL = "Social Security number", "birth date", "name", "e-mail address"

_CALLED: Mapping[str, re.Pattern[str]] = {
    NUMBER: re.compile(r".*\b(ssn|social sec(urity)?( (no|num|number|nbr))?)"),
    BIRTH: re.compile(r".*\b(dob|bday|birth ?(date|day|dt)|date of birth)"),
    NAME: re.compile(
        r"((student|stu|pupil|child|guardian|parent|mother|father|full|first|middle|last|given|family"
        r"|preferred|legal|nick)s? ?)*(name|nm)|surname|[flm]name|last ?first|user ?name|(first|last) ?(initial)?"
    ),
    MAIL: re.compile(r".*\be ?mail( address)?"),
}
"""How the columns are called, in lower-case words."""

_LOOKS: Mapping[str, re.Pattern[str]] = {
    NUMBER: re.compile(r"\d{3}-\d{2}-\d{4}"),
    NAME: re.compile(r"[A-Z][\w'’-]+, ?[A-Z][\w'’-]+( [A-Z]\w*\.?)*"),
    MAIL: re.compile(r"\S+@\S+\.\w+"),
}
"""What stands in them, whatever they are called."""

_OF_A_PLACE = re.compile(
    r"\b(school|sch|district|dist|lea|state|county|org|organization|course|group|category|race|site|ethnicity"
    r"|program|campus|region|city|agency|network|teacher|outcome)\b"
)

MOSTLY = 0.8
"""A column is of a kind when so large a share of what stands in it looks like that."""


def words(name: str) -> str:
    """Return a column name as lower-case words.

    Examples
    --------
    >>> words("birthDate"), words("LAST_NAME"), words("StudentSSN")
    ('birth date', 'last name', 'student ssn')
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\W]+", " ", name)
    return " ".join(spaced.casefold().split())


def identifying(name: str, samples: Sequence[str]) -> str | None:
    """Return what about a child a column tells, by its name and by what stands in it.

    A column in which nothing stands tells nothing.

    Examples
    --------
    >>> identifying("student_name", ["x"]), identifying("SCH_NAME", ["x"]), identifying("dob", [])
    ('name', None, None)
    >>> identifying("id", ["123-45-6789"])
    'Social Security number'
    """
    filled = [text for text in samples if text]
    if not filled:
        return None
    called = words(name)
    for kind in _CALLED:
        if kind == NAME and _OF_A_PLACE.search(called):
            continue
        looks = _LOOKS.get(kind)
        alike = sum(bool(looks and looks.fullmatch(text)) for text in filled)
        differ = kind != NAME or 2 * len(set(filled)) > len(filled)
        if _CALLED[kind].fullmatch(called) or (differ and alike >= MOSTLY * len(filled)):
            return kind
    return None


def refusal(column: str, kind: str) -> Finding:
    """Return why a column that points at a child is not read, and what to do."""
    return Finding(
        (),
        column,
        "",
        0,
        f"it holds a {kind}. Nothing here needs it, and a table must never lead back to a child. "
        "Take the column out of the file, or name it as one to leave out: then it is never read. If "
        "it names a school or a group, call it school_name or group_name.",
    )
