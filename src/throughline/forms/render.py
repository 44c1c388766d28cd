"""Turn questions into a Django form: widgets, hints, and errors that say what to enter."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from throughline.forms.enums import NOT_ASKED_HERE, FieldKind
from throughline.forms.fields import Setting, field_for
from throughline.forms.queries import Question
from throughline.forms.values import Options, stored

REVISIONS = "revisions"
"""The hidden input that says which revision of each answer this page showed."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form cannot know by itself.

    ``lists``: options by name of a list (``list.titles``). ``dates``: what there is to confirm, by
    the series that a question names in ``of``. ``words``: fills the program's words into a text.
    """

    lists: Mapping[str, Options] = field(default_factory=dict)
    dates: Mapping[str, Options] = field(default_factory=dict)
    words: Callable[[str], str] = str


class AnswersForm(forms.Form):
    """Questions of one page. Made by ``build_form``; its names are the keys of the questions."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, asked: Sequence[Question], complete: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        self.complete = complete
        self.elsewhere = [one for one in asked if one.wording.kind in NOT_ASKED_HERE]

    def add_error(self, field: str | None, error: Any) -> None:
        """Note an error, unless a draft has a gap: that is asked for when the form is sent."""
        is_gap = (
            isinstance(error, forms.ValidationError) and getattr(error, "code", "") == "required"
        )
        if is_gap and field and not self.complete:
            self.cleaned_data[field] = None
            return
        super().add_error(field, error)

    def values(self) -> dict[str, Any]:
        """Return what is usable of what was typed, as it is stored. Call after ``is_valid``."""
        return {
            key: None if value is False and key in self._attests else stored(value)
            for key, value in self.cleaned_data.items()
            if key != REVISIONS
        }

    @property
    def _attests(self) -> set[str]:
        """Boxes to check: leaving one empty is no answer, not a "no"."""
        return {one.key for one in self.asked if one.wording.kind == FieldKind.ATTEST}

    def seen_revisions(self) -> dict[str, int]:
        """Return the revisions that the page carried; nonsense counts as none."""
        try:
            read = json.loads(self.data.get(self.add_prefix(REVISIONS), "") or "{}")
            return {str(key): int(revision) for key, revision in read.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def show_revisions(self, revisions: Mapping[str, int]) -> None:
        """Carry new revisions when the page is shown again after a save."""
        self.fields[REVISIONS].initial = json.dumps(dict(revisions), sort_keys=True)
        if self.is_bound:
            self.data = self.data.copy() if hasattr(self.data, "copy") else dict(self.data)
            self.data[self.add_prefix(REVISIONS)] = self.fields[REVISIONS].initial


def build_form(
    asked: Sequence[Question],
    answers: Mapping[str, Any],
    *,
    data: Mapping[str, Any] | None = None,
    revisions: Mapping[str, int] | None = None,
    around: Surroundings | None = None,
    complete: bool = False,
    prefix: str | None = None,
) -> AnswersForm:
    """Return a form that asks these questions, filled with the answers given so far.

    Pass the questions that are shown (``queries.shown_questions``). A draft is saved with gaps: a
    required question may stay open unless ``complete``. Rosters, files and other kinds that have pages of
    their own are not asked; ``form.elsewhere`` lists them.
    """
    around = around or Surroundings()
    filled = {one.key: answers[one.key] for one in asked if answers.get(one.key) is not None}
    built = AnswersForm(
        data, asked=asked, complete=complete, initial=filled, prefix=prefix, label_suffix=""
    )
    for one in asked:
        if one.wording.kind in NOT_ASKED_HERE or one.wording.is_sealed:
            continue
        built.fields[one.key] = field_for(
            Setting(
                wording=one.wording,
                ask=around.words(one.wording.ask),
                hint=around.words(one.wording.hint),
                options=options_of(one, around),
                is_required=one.wording.is_required,
            )
        )
    built.fields[REVISIONS] = forms.CharField(
        required=False,
        widget=forms.HiddenInput,
        initial=json.dumps(dict(revisions or {}), sort_keys=True),
    )
    return built


def options_of(one: Question, around: Surroundings) -> Options:
    """Return what can be chosen: written with the question, from a list, or dates of a series."""
    limits = one.wording.settings
    if one.wording.kind == FieldKind.CONFIRM_DATES:
        return around.dates.get(limits.get("of", ""), ())
    if name := limits.get("options_from"):
        return around.lists.get(name, ())
    return [(key, around.words(label)) for key, label in one.wording.spoken("options", [])]


def about_elsewhere(one: Question) -> str:
    """Return the sentence that stands where a question cannot be asked here."""
    if one.wording.kind in {FieldKind.FILE, FieldKind.FILES, FieldKind.VIDEO}:
        return _("Files cannot be added here yet. You can send this without them.")
    if one.wording.kind == FieldKind.ROSTER:
        return _("You name these people on a page of their own.")
    return ""
