"""What a table or a policy is refused with before anything is computed."""

from __future__ import annotations


class Unusable(ValueError):  # noqa: N818 - says what it is
    """A table, a policy or an attribute that nothing can be protected with; the sentence says why."""
