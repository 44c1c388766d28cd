"""A window of the system's Chromium, and a server that it looks at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Lock
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from throughline.people.models import Person

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; they are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here.")
    # The driver keeps an event loop in this thread; the tests themselves are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def live_server(live_server):
    """The server answers one request at a time: all of them share the connection of the test."""
    server, turn = live_server.thread.httpd, Lock()
    application = server.get_app()

    def one_at_a_time(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        with turn:
            return application(environ, start_response)

    server.set_app(one_at_a_time)
    return live_server


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window; what its console complains about fails the test."""
    opened = []
    complaints: list[str] = []

    def open_window(width: int = 1280, *, scripts: bool = True, **look: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            **look,  # type: ignore[arg-type]
        )
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        return page

    yield open_window
    for context in opened:
        context.close()
    # Chromium reports the status of a form that comes back with errors; that is no complaint.
    assert [one for one in complaints if "status of 422" not in one] == []


@pytest.fixture
def server_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Return a function that sets the server's clock, which goes on from there."""

    def server_time(moment: datetime) -> None:
        monkeypatch.setattr(settings, "CLOCK_SHIFT", moment - timezone.now())

    return server_time


@pytest.fixture
def enter(live_server) -> Callable[[Page, Person], Client]:
    """Return a function that signs a person in, in the window of a page; it returns a client of hers."""

    def enter(page: Page, person: Person) -> Client:
        client = Client()
        client.force_login(
            Person.objects.get(pk=person.pk).account_link.account,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        session = client.session
        session["network"] = person.network_id
        session.save()
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return client

    return enter
