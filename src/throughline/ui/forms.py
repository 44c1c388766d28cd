"""The one place where a form gets its look: label, hint, error, tiles, summary of errors."""

from __future__ import annotations

from typing import Self

from django.forms.renderers import TemplatesSetting


class CommonsRenderer(TemplatesSetting):
    """Draw every form of the site. A form with ``says_optional = False`` marks no field optional."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    formset_template_name = "ui/formset.html"


class Tile(str):
    """The words of a choice with a second, smaller line: ``("none", Tile("No tie", hint="..."))``."""

    hint: str

    def __new__(cls, label: str, *, hint: str = "") -> Self:
        made = super().__new__(cls, label)
        made.hint = hint
        return made
