"""Choose a school district by name: with a list that fills while typing, and without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from throughline.people.enums import PlaceKind
from throughline.people.models import Place

AT_MOST = 20


def label_of(place: Place) -> str:
    """Return a district as the list shows it: two of one name differ by state or id."""
    return f"{place.name}, {place.where} ({place.code})"


def find_districts(typed: str, *, limit: int = AT_MOST) -> list[Place]:
    """Return districts whose name begins with, then those that contain, what was typed."""
    words = typed.strip()
    if not words:
        return []
    districts = Place.objects.listed().filter(kind=PlaceKind.DISTRICT, closed_on=None)
    first = list(districts.filter(name__istartswith=words).order_by("name", "code")[:limit])
    if len(first) < limit:
        rest = districts.filter(name__icontains=words).exclude(pk__in=[one.pk for one in first])
        first += list(rest.order_by("name", "code")[: limit - len(first)])
    return first


def district_of(code: str) -> Place | None:
    """Return the district with this id in the list of its authority."""
    return Place.objects.listed().filter(kind=PlaceKind.DISTRICT, code=code).first()


class DistrictInput(forms.TextInput):
    """A text box with a list of suggestions; ``data-suggest`` tells the script which page fills it."""

    template_name = "forms/district_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.suggestions: list[Place] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', f'id_{name}')}_list"
        context["widget"]["attrs"]["list"] = listed
        context["widget"]["list"] = listed
        context["widget"]["suggestions"] = [label_of(place) for place in self.suggestions]
        return context


class DistrictField(forms.CharField):
    """Takes a line of the list, an id or a name; gives the id. A name that fits several asks back.

    While ``is_listed`` is False it takes any name and gives it back.
    """

    widget = DistrictInput
    is_listed = True

    def prepare_value(self, value: Any) -> Any:
        place = district_of(str(value)) if value and str(value).isdigit() else None
        return label_of(place) if place else value

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed or not self.is_listed:
            return str(typed or "").strip()
        code = typed.rpartition("(")[2].rstrip(") ") if typed.endswith(")") else typed
        if code.isdigit() and district_of(code):
            return str(code)
        found = find_districts(typed)
        exact = [place for place in found if place.name.casefold() == typed.casefold()]
        for fits in (exact, found):
            if len(fits) == 1:
                return fits[0].code
        self._suggest(found)
        raise forms.ValidationError(_not_one(typed, found))

    def _suggest(self, found: list[Place]) -> None:
        if isinstance(self.widget, DistrictInput):
            self.widget.suggestions = found


def _not_one(typed: str, found: list[Place]) -> str:
    if not found:
        return _("No district is called “%(typed)s”. Enter its name as your state spells it.") % {
            "typed": typed
        }
    names = "; ".join(label_of(place) for place in found[:5])
    return _("Several districts fit “%(typed)s”. Enter one of these: %(names)s.") % {
        "typed": typed,
        "names": names,
    }
