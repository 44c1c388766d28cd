"""One walk through the house: its people in browsers of their own, and what they saw."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from throughline.admissions.models import Application, Call
from throughline.core import clock
from throughline.people.models import Person
from throughline.rehearsal.stage import Stage


@dataclass
class Thread:
    """The walk: its people, each in a browser of her own, and the pages that they saw."""

    stage: Stage
    pages: dict[str, str] = field(default_factory=dict)
    """What stood on a page, as text, by the name of the step."""
    statuses: dict[str, int] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    """Texts of letters about the decision, by address."""
    browsers: dict[int, Client] = field(default_factory=dict)

    @property
    def call(self) -> Call:
        """The call of the cohort."""
        return Call.objects.select_related("cohort__scope", "cohort__version").get(
            cohort=self.stage.cohort
        )

    def browser(self, person: Person) -> Client:
        """Return the browser in which a person is signed in."""
        if person.pk not in self.browsers:
            client = Client()
            client.force_login(
                Person.objects.get(pk=person.pk).account_link.account,
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
            session = client.session
            session["network"] = person.network_id
            session.save()
            self.browsers[person.pk] = client
        return self.browsers[person.pk]

    def saw(self, step: str, answer: Any) -> Any:
        """Keep what a step showed, and go on with the answer."""
        self.pages[step] = text_of(answer)
        self.statuses[step] = answer.status_code
        return answer

    def opened(self, step: str, client: Client, path: str) -> Any:
        """Open a page, and keep how many queries it took."""
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(path, follow=True)
        self.queries[step] = len(caught)
        return self.saw(step, answer)


def text_of(answer: Any) -> str:
    """Return the words of a page."""
    html = re.sub(r"(?s)<(script|style).*?</\1>", " ", answer.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def at(moment: datetime) -> AbstractContextManager[object]:
    """Stop the clock."""
    return clock.at(moment)


def browser_of(thread: Thread, application: Application) -> Client:
    """Return the browser of whoever leads an application."""
    assert application.lead is not None
    return thread.browser(application.lead)
