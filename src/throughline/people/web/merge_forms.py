"""Forms with which staff bring records together and part them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.people.duplicates import record_called
from throughline.people.models import Person
from throughline.people.models.merge import REASON_MAX


class FindForm(forms.Form):
    """Two records to be compared, by name or address."""

    one = forms.CharField(
        label=gettext_lazy("One record"),
        help_text=gettext_lazy("Its name or e-mail address, as it stands in the record."),
        max_length=254,
        error_messages={"required": gettext_lazy("Enter a name or an address.")},
    )
    other = forms.CharField(
        label=gettext_lazy("The other record"),
        max_length=254,
        error_messages={"required": gettext_lazy("Enter a name or an address.")},
    )

    def __init__(self, sent: Any, *, by: Person) -> None:
        super().__init__(sent)
        self.by = by

    def clean_one(self) -> Person:
        return self._record("one")

    def clean_other(self) -> Person:
        return self._record("other")

    def clean(self) -> dict[str, Any]:
        """Refuse one record twice."""
        values = super().clean() or {}
        if "one" in values and values["one"] == values.get("other"):
            self.add_error("other", _("These are not two records."))
        return values

    def _record(self, name: str) -> Person:
        found = record_called(self.by, self.cleaned_data[name])
        if not found:
            raise forms.ValidationError(_("No record has this name or address."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several records have this name. Enter an address."))
        return found[0]


class ReasonForm(forms.Form):
    """Why two records are parted."""

    reason = forms.CharField(
        label=gettext_lazy("How do you know?"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write down how you know, in a sentence.")},
    )


class MergeForm(ReasonForm):
    """Which record is kept, and how staff know that both are one human."""

    keep = forms.ChoiceField(
        label=gettext_lazy("Which record is kept?"),
        help_text=gettext_lazy("The one that signs in. The other one leads to it from now on."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    field_order = ("keep", "reason")

    def __init__(self, sent: Any, *, records: tuple[Person, Person], keep: Person | None) -> None:
        super().__init__(sent, initial={"keep": keep.ref if keep else None})
        field = self.fields["keep"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        titles = (_("The first"), _("The second"))
        field.choices = [
            (record.ref, f"{title}: {record.full_name}")
            for title, record in zip(titles, records, strict=True)
        ]
