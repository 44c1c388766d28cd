"""Bring a form of a blueprint into the database, as versions that never change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from throughline.audit import trail
from throughline.core.locks import take
from throughline.core.numbers import following
from throughline.forms.blueprint import FieldSection, FormSection
from throughline.forms.models import Field, FieldVersion, Form, FormField, FormVersion
from throughline.forms.values import fingerprint
from throughline.people.models import Network

LANGUAGE = "en"
WHOLE = "questions"
"""Key of the only page of a form that names none."""


Translated = Mapping[str, FormSection]
"""The same form in other languages, by language."""


@transaction.atomic
def sync_form(
    network: Network,
    key: str,
    section: FormSection,
    *,
    now: datetime,
    translated: Translated | None = None,
) -> FormVersion:
    """Return the version of form ``key`` that asks exactly what ``section`` says.

    The same section again leads to the same version. Answers already given keep the wording that
    they were given to. A version carries its words in every language of ``translated``.
    """
    translated = translated or {}
    form, _ = Form.objects.get_or_create(
        network=network, key=key, defaults={"purpose": section.title[:200]}
    )
    take(form)
    wordings = _wordings(form, section, translated)
    settings = _settings(section) | _by_language(
        _settings(section), {language: _settings(other) for language, other in translated.items()}
    )
    sha256 = fingerprint(
        {
            "title": section.title,
            "settings": settings,
            "fields": [
                [_page(field, section), one.sha256]
                for field, one in zip(section.fields, wordings, strict=True)
            ],
        }
    )
    known = FormVersion.objects.filter(form=form, sha256=sha256).first()
    if known:
        return known
    version = FormVersion.objects.create(
        network=network, form=form, number=following(form.versions.all(), "number"),
        title=section.title[:200], settings=settings, sha256=sha256, published_at=now,
    )  # fmt: skip
    FormField.objects.bulk_create(
        FormField(
            network=network, form_version=version, field=wording.field, field_version=wording,
            section=_page(field, section), position=position,
        )
        for position, (field, wording) in enumerate(zip(section.fields, wordings, strict=True), 1)
    )  # fmt: skip
    trail.record(
        None, "published", version, now=now, network=network.pk, key=f"{key}/{version.number}"
    )
    return version


def _settings(section: FormSection) -> dict[str, Any]:
    return {
        "intro": section.intro or "",
        "minutes": section.minutes,
        "parts": [list(pair) for pair in _pages(section)],
    }


def _pages(section: FormSection) -> Sequence[tuple[str, str]]:
    """Return the pages of a form; one that names none is asked on a single page."""
    return _pairs(section.parts) or [(WHOLE, section.title[:200])]


def _page(field: FieldSection, section: FormSection) -> str:
    """Return where a question is asked: what names no page stands on the first."""
    return field.part or _pages(section)[0][0]


def _of_field(translated: Translated, key: str) -> dict[str, FieldSection]:
    """Return one question in other languages."""
    return {
        language: next(one for one in form.fields if one.key == key)
        for language, form in translated.items()
    }


def _by_language(own: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what other languages say differently, under ``languages``; nothing if they do not."""
    found = {
        language: {name: value for name, value in said.items() if value != own.get(name)}
        for language, said in others.items()
    }
    differing = {language: said for language, said in found.items() if said}
    return {"languages": differing} if differing else {}


def _told(own: str | None, others: Mapping[str, str | None]) -> dict[str, str]:
    """Return a text by language; a language that says the same is left out."""
    if not own:
        return {}
    return {LANGUAGE: own, **{key: text for key, text in others.items() if text and text != own}}


def _wordings(form: Form, section: FormSection, translated: Translated) -> list[FieldVersion]:
    """Return the wording of each question, adding those that are new. Four queries at the most."""
    rows = _rows(form, [field.key for field in section.fields])
    known: dict[tuple[int, str], FieldVersion] = {}
    last: dict[int, int] = {}
    for one in FieldVersion.objects.filter(field__in=rows.values()).order_by("number"):
        known[one.field_id, one.sha256] = one
        last[one.field_id] = one.number
    found, new = [], []
    for field in section.fields:
        row = rows[field.key]
        columns = _columns(field, section, _of_field(translated, field.key))
        sha256 = fingerprint(columns)
        wording = known.get((row.pk, sha256))
        if wording is None:
            last[row.pk] = last.get(row.pk, 0) + 1
            wording = FieldVersion(
                network_id=form.network_id, field=row, number=last[row.pk], sha256=sha256, **columns
            )
            known[row.pk, sha256] = wording
            new.append(wording)
        wording.field = row
        found.append(wording)
    FieldVersion.objects.bulk_create(new)
    return found


def _rows(form: Form, keys: Sequence[str]) -> dict[str, Field]:
    """Return the questions of a form by key, adding those that it has not."""
    rows = {row.key: row for row in Field.objects.filter(form=form, key__in=keys)}
    new = [
        Field(form=form, key=key, network_id=form.network_id)
        for key in dict.fromkeys(keys)
        if key not in rows
    ]
    rows |= {row.key: row for row in Field.objects.bulk_create(new)}
    return rows


def _columns(
    field: FieldSection, section: FormSection, others: Mapping[str, FieldSection]
) -> dict[str, Any]:
    return {
        "kind": str(field.type),
        "label": _told(field.ask, {language: one.ask for language, one in others.items()}),
        "help": _told(field.help, {language: one.help for language, one in others.items()}),
        "settings": _limits(field)
        | _by_language(
            _limits(field), {language: _limits(one) for language, one in others.items()}
        ),
        "is_required": field.required,
        "condition": str(field.show_if) if field.show_if else "",
        "is_personal": field.sealed,
        "reviewers_see": not (field.sealed or field.blind),
        "tier": str(field.tier or section.tier),
    }


def _limits(field: FieldSection) -> dict[str, Any]:
    found: dict[str, Any] = {
        "words": field.words,
        "max": field.max,
        "min": field.min,
        "labels": list(field.labels or ()),
        "of": field.of,
        "columns": [list(pair) for pair in _pairs(field.columns)],
        "carry": field.carry,
        "tags": list(field.tags or ()),
        "sealed": field.sealed,
    }
    if isinstance(field.options, str):
        found["options_from"] = field.options
    elif field.options:
        found["options"] = [list(pair) for pair in _pairs(field.options)]
    return {key: value for key, value in found.items() if value not in (None, [], False)}


def _pairs(vocabulary: Any) -> Sequence[tuple[str, str]]:
    if isinstance(vocabulary, dict):
        return [(str(key), str(label)) for key, label in vocabulary.items()]
    return [(str(key), str(label)) for key, label in (vocabulary or ())]
