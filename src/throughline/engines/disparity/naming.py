"""Student groups in words, as sentences and refusals name them."""

from __future__ import annotations

from throughline.engines.disparity.tables import MISSING


def students_of(by: tuple[str, ...], labels: tuple[str, ...]) -> str:
    """Return whom a row counts, to stand anywhere in a sentence.

    Examples
    --------
    >>> students_of(("race", "sex"), ("Black", "Female"))
    'Black, Female students'
    >>> students_of(("race", "sex"), ("Missing", "Female"))
    'Female students whose race is missing'
    >>> students_of((), ())
    'all students'
    """
    if not labels:
        return "all students"
    unknown = [name for name, label in zip(by, labels, strict=True) if label == MISSING]
    known = ", ".join(label for label in labels if label != MISSING)
    words = f"{known} students" if known else "students"
    if not unknown:
        return words
    verb = "is" if len(unknown) == 1 else "are"
    return f"{words} whose {' and '.join(unknown)} {verb} missing"


def all_listed(groups: tuple[tuple[str, ...], ...], most: int = 12) -> str:
    """Return the names of the groups for a refusal, the first ``most`` of them."""
    names = [" / ".join(labels) for labels in groups[:most]]
    rest = len(groups) - len(names)
    return ", ".join(names) + (f" and {rest} more" if rest > 0 else "")
