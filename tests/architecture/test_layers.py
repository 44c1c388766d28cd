"""What the import checker cannot see: keys, template links, audiences, scoped reads, slow imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from throughline.core.pages import AUDIENCES

SOURCE = Path(settings.HERE)
ORDER = {app: place for place, app in enumerate(settings.APPS_IN_ORDER)}
LINK = re.compile(r"""{%\s*url\s+['"]([a-z_]+):""")


def app_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "throughline" and len(parts) > 1 else None


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if app_of(model.__module__) in ORDER]


def test_foreign_keys_point_downwards():
    upwards = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and (target := app_of(field.related_model.__module__)) in ORDER
        and ORDER[target or ""] > ORDER[app_of(model.__module__) or ""]
    ]

    assert upwards == []


def test_templates_point_downwards():
    upwards = [
        f"{template.relative_to(SOURCE)}: {namespace}"
        for template in SOURCE.glob("*/templates/**/*.html")
        for namespace in LINK.findall(template.read_text(encoding="utf-8"))
        if namespace in ORDER and ORDER[namespace] > ORDER[template.relative_to(SOURCE).parts[0]]
    ]

    assert upwards == []


def routes() -> Iterator[tuple[str, URLPattern]]:
    def walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry, prefix + str(entry.pattern))
            else:
                yield prefix + str(entry.pattern), entry

    yield from walk(get_resolver(), "")


def test_every_page_says_who_may_open_it():
    silent = [
        path
        for path, entry in routes()
        if getattr(entry.callback, "audience", None) not in AUDIENCES
    ]

    assert silent == []


def test_no_address_carries_a_counter():
    counting = [path for path, _ in routes() if "<int:pk>" in path or "<int:id>" in path]

    assert counting == []


def bare_reads(source: str) -> Iterator[int]:
    tree = ast.parse(source)
    guarded = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and id(node) not in guarded:
            yield node.lineno


ON_PURPOSE = {
    "people/web/middleware.py",  # finds the person of a session: nobody to ask yet
    "people/web/views_public.py",  # before anybody is signed in
    "people/web/views_signed_in.py",  # her own account and address, by her own key
}


def test_every_read_on_a_page_is_scoped():
    bare = [
        f"{page.relative_to(SOURCE)}:{line}"
        for page in sorted(SOURCE.glob("*/web/*.py"))
        if str(page.relative_to(SOURCE)) not in ON_PURPOSE
        for line in bare_reads(page.read_text(encoding="utf-8"))
    ]

    assert bare == []


def test_the_check_of_scoped_reads_finds_a_bare_one():
    assert list(bare_reads("Application.objects.get(ref=ref)")) == [1]
    assert list(bare_reads("Application.objects.visible_to(person).get(ref=ref)")) == []


@pytest.mark.slow
def test_the_server_starts_without_heavy_libraries():
    heavy = {"pandas", "ibis", "scipy", "statsmodels", "ortools", "pyarrow", "duckdb", "numpy"}

    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import throughline.wsgi, throughline.urls"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in run.stderr.splitlines()}

    assert loaded & heavy == set()


def test_every_networked_table_stands_behind_a_wall():
    without = [
        model.__name__
        for model in our_models()
        if any(field.name == "network" for field in model._meta.local_fields)
        and not isinstance(model._meta.get_field("network"), models.ForeignKey)
        and app_of(model.__module__) not in {"audit", "responses"}
    ]

    assert without == []


def test_no_name_of_a_constraint_is_too_long_for_postgresql():
    long = [
        constraint.name
        for model in our_models()
        for constraint in [*model._meta.constraints, *model._meta.indexes]
        if len(constraint.name) > 63
    ]

    assert long == []
