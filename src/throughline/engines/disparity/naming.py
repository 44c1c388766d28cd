"""Student groups in words, as sentences and refusals name them."""

from __future__ import annotations

from throughline.engines.disparity.tables import MISSING

ANSWERS = frozenset({"yes", "no", "true", "false"})
"""Labels that say nothing without the name of their attribute."""


def students_of(by: tuple[str, ...], labels: tuple[str, ...]) -> str:
    """Return whom a row counts, to stand anywhere in a sentence.

    A number before "students" would read as a count, so it stands behind with its attribute.

    Examples
    --------
    >>> students_of(("race", "sex"), ("Black", "Female"))
    'Black, Female students'
    >>> students_of(("race", "grade", "frl"), ("Black", "9", "No"))
    'Black students (grade: 9, frl: No)'
    >>> students_of(("race", "sex"), ("Missing", "Female"))
    'Female students whose race is missing'
    >>> students_of((), ())
    'all students'
    """
    if not labels:
        return "all students"
    pairs = list(zip(by, labels, strict=True))
    unknown = [name for name, label in pairs if label == MISSING]
    behind = [f"{name}: {label}" for name, label in pairs if label != MISSING and _bare(label)]
    before = ", ".join(label for label in labels if label != MISSING and not _bare(label))
    words = f"{before} students" if before else "students"
    if unknown:
        words += f" whose {' and '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} missing"
    return f"{words} ({', '.join(behind)})" if behind else words


def _bare(label: str) -> bool:
    """Whether a label needs the name of its attribute to be understood."""
    return label.lower() in ANSWERS or not label[:1].isalpha()


def all_listed(groups: tuple[tuple[str, ...], ...], most: int = 12) -> str:
    """Return the names of the groups for a refusal, the first ``most`` of them."""
    names = [" / ".join(labels) for labels in groups[:most]]
    rest = len(groups) - len(names)
    return ", ".join(names) + (f" and {rest} more" if rest > 0 else "")
