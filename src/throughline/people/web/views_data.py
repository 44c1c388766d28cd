"""What is kept about a person, for herself: one page, and one file. Also after she has left."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from throughline.audit import trail
from throughline.core import clock
from throughline.core.pages import page
from throughline.people import hooks
from throughline.people.http import SignedInRequest
from throughline.people.personal import as_file, parts_of
from throughline.people.queries import looks_at, things_about

SHOWN = 50
"""Rows of one table on the page; the file has all."""


@page("signed-in")
@require_GET
def my_data(request: SignedInRequest) -> HttpResponse:
    """Show everything that is kept about the reader, and who looked at it."""
    person = request.person
    parts = parts_of(person, hooks.PERSONAL_DATA)
    context = {
        "parts": [(part, part.rows[-SHOWN:], len(part.rows) - SHOWN) for part in parts],
        "looks": looks_at(person),
        "trail": things_about(person),
    }
    return render(request, "people/my_data.html", context)


@page("signed-in")
@require_GET
def data_file(request: SignedInRequest) -> HttpResponse:
    """Hand the reader everything that is kept about her, as one file. The trail notes it."""
    person, now = request.person, clock.now()
    trail.record_view(person, person, about=person, why="export", now=now)
    answer = {
        "network": person.network.name,
        "person": person.full_name,
        "made_at": now.isoformat(),
        "kept": as_file(parts_of(person, hooks.PERSONAL_DATA)),
        "looked": [
            {"at": one.at.isoformat(), "who": one.who, "what": one.what, "why": one.why}
            for one in looks_at(person, limit=None)
        ],
        "done": [
            {"at": one.at.isoformat(), "who": one.who, "verb": one.verb}
            for one in things_about(person, limit=None)
        ],
    }
    name = slugify(person.full_name) or "my"
    return JsonResponse(
        answer,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={
            "Content-Disposition": f'attachment; filename="{name}-data.json"',
            "Cache-Control": "private, no-store",
        },
    )
