"""Bring a rubric of a blueprint into the database, as a version that never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from throughline.audit import trail
from throughline.core.locks import take
from throughline.core.numbers import following
from throughline.forms.blueprint import RubricSection
from throughline.forms.models import Criterion, Level, Rubric
from throughline.forms.values import fingerprint
from throughline.people.models import Network


@transaction.atomic
def sync_rubric(network: Network, key: str, section: RubricSection, *, now: datetime) -> Rubric:
    """Return the version of rubric ``key`` that judges exactly what ``section`` says."""
    content = _content(section)
    take(network)
    sha256 = fingerprint(content)
    versions = Rubric.objects.filter(network=network, key=key)
    if known := versions.filter(sha256=sha256).first():
        return known
    rubric = Rubric.objects.create(
        network=network, key=key, version=following(versions, "version"), title=section.title[:200],
        comment=content["comment"], sha256=sha256,
    )  # fmt: skip
    criteria = Criterion.objects.bulk_create(
        Criterion(
            network=network, rubric=rubric, key=one["key"], label=one["label"],
            weight=one["weight"], position=position,
        )
        for position, one in enumerate(content["criteria"], 1)
    )  # fmt: skip
    Level.objects.bulk_create(
        Level(network=network, criterion=criterion, points=points, anchor=anchor)
        for criterion, one in zip(criteria, content["criteria"], strict=True)
        for points, anchor in one["levels"]
    )
    trail.record(
        None, "published", rubric, now=now, network=network.pk, key=f"{key}/{rubric.version}"
    )
    return rubric


def _content(section: RubricSection) -> dict[str, Any]:
    scale = [int(points) for points in section.scale]
    return {
        "title": section.title,
        "comment": str(section.comment),
        "criteria": [
            {
                "key": one.key,
                "label": one.ask,
                "weight": one.weight,
                "levels": [
                    [points, one.levels[place] if place < len(one.levels) else ""]
                    for place, points in enumerate(scale)
                ],
            }
            for one in section.criteria
        ],
    }
