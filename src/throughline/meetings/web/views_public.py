"""The one address that is read without signing in: a calendar feed behind a secret code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from throughline.core import clock
from throughline.core.pages import page
from throughline.meetings.calendars import MEDIA_TYPE, calendar_file
from throughline.meetings.queries import calendar_of, person_of_feed
from throughline.people.languages import in_language_of


@page("public")
@require_GET
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Give a calendar program the times of one person."""
    person = person_of_feed(code)
    if person is None:
        raise Http404
    now = clock.now()
    with in_language_of(person):  # a calendar program asks for no language
        body = calendar_file(calendar_of(person, now=now), now=now, name=str(person.network))
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
