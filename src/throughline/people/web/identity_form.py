"""The form in which somebody describes herself: two fields for each code set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from throughline.people.code_sets import NOT_SAID
from throughline.people.identity import MOST_WORDS, Asked, Given, Kept, problem_of

LONG_LIST = 20
"""From so many answers on a list is opened instead of laid out."""


class AboutYouForm(forms.Form):
    """What a person says about herself. Every question may be left out."""

    says_optional = False

    def __init__(self, sent: Any, *, asked: Sequence[Asked], kept: Mapping[str, Kept]) -> None:
        super().__init__(sent)
        self.asked = {_name(one): one for one in asked}
        for name, one in self.asked.items():
            before = kept[one.key].given if one.key in kept else Given()
            fields = {name: _choice(one, before)}
            if one.words.own_words:
                fields[f"{name}_words"] = _own_words(one, before)
            self.fields |= fields if one.words.options else dict(reversed(fields.items()))

    def sets(self) -> Iterator[tuple[Asked, list[forms.BoundField]]]:
        """Yield each code set with its fields."""
        for name, one in self.asked.items():
            names = {name, f"{name}_words"}
            yield one, [self[field] for field in self.fields if field in names]

    def clean(self) -> dict[str, Any]:
        """Check each answer by the rule that keeps it."""
        values = super().clean() or {}
        for name, given in self._given().items():
            if name not in self.errors and (problem := problem_of(self.asked[name], given)):
                self.add_error(name, problem)
        return values

    def given(self) -> dict[str, Given]:
        """Return the answers by the key of their set."""
        return {self.asked[name].key: given for name, given in self._given().items()}

    def _given(self) -> dict[str, Given]:
        found = {}
        for name in self.asked:
            chosen = self.cleaned_data.get(name) or []
            words = self.cleaned_data.get(f"{name}_words", "")
            found[name] = Given(tuple([chosen] if isinstance(chosen, str) else chosen), words)
        return found


def _name(asked: Asked) -> str:
    return asked.key.replace("/", "_")


def _choice(asked: Asked, before: Given) -> forms.Field:
    problems = {"invalid_choice": _("Choose an answer of the list.")}
    known = {key for key, _label in asked.choices}
    chosen = [key for key in before.chosen if key in known]
    if not asked.words.options:
        return forms.MultipleChoiceField(
            label=asked.words.title, choices=asked.choices, required=False, initial=chosen,
            widget=forms.CheckboxSelectMultiple, error_messages=problems,
        )  # fmt: skip
    if asked.words.several:
        return forms.MultipleChoiceField(
            label=asked.words.ask, help_text=_help(asked), choices=asked.choices, required=False,
            initial=chosen, widget=forms.CheckboxSelectMultiple, error_messages=problems,
        )  # fmt: skip
    is_long = len(asked.choices) > LONG_LIST
    choices = [("", _("No answer")), *asked.choices]
    if is_long:
        choices.insert(1, (NOT_SAID, choices.pop()[1]))
    return forms.ChoiceField(
        label=asked.words.ask, help_text=_help(asked), choices=choices, required=False,
        initial=chosen[0] if chosen else "", error_messages=problems,
        widget=forms.Select if is_long else forms.RadioSelect,
    )  # fmt: skip


def _help(asked: Asked) -> str:
    several = _("You can choose more than one answer.") if asked.words.several else ""
    return " ".join(filter(None, (asked.words.about, several)))


def _own_words(asked: Asked, before: Given) -> forms.Field:
    is_all = not asked.words.options
    label = _("%(set)s, in your own words") % {"set": asked.words.title}
    return forms.CharField(
        label=asked.words.ask if is_all else label, required=False, initial=before.words,
        help_text=asked.words.about if is_all else "", max_length=MOST_WORDS,
        error_messages={"max_length": _("Use at most %(most)d characters.") % {"most": MOST_WORDS}},
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )  # fmt: skip
