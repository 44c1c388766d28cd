"""Walk through a running demo as each role, and say of every page whether it is well.

A role opens every page without arguments that it may open, then one page of each kind that those
pages link to. A link that leads nowhere is a fault; a page that a role may not open is not.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

from throughline.commands.demo_steps import ROLES
from throughline.commands.routes import Route, routes
from throughline.commands.speaking import answer
from throughline.core import clock
from throughline.people.actions.sign_in_links import make_demo_links
from throughline.people.models import Network, Person

NOBODY = "nobody"
LEFT_OUT = frozenset({"account_logout", "people:demo_link", "people:start"})
"""Pages that end or begin a session."""

MOST_PAGES = 150


@dataclass(frozen=True, slots=True)
class Visit:
    """One page as one role found it."""

    role: str
    status: int
    queries: int
    ms: int
    path: str
    ok: bool

    def __str__(self) -> str:
        word = "ok" if self.ok else "FAIL"
        return f"{word} {self.role} {self.status} {self.queries} {self.ms} {self.path}"


class Links(HTMLParser):
    """Collects where a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.found.append(target)


class Visitor:
    """One role with a cookie jar of its own."""

    def __init__(self, url: str, role: str) -> None:
        self.url = url
        self.role = role
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def open(self, path: str, *, may_be_closed: bool = False) -> tuple[Visit, list[str]]:
        """Open one page; return how it was, and the paths of this site that it links to."""
        started = time.perf_counter()
        try:
            response = self.opener.open(f"{self.url}{path}", timeout=60)
        except urllib.error.HTTPError as error:
            response = error
        except OSError:
            return Visit(self.role, 0, 0, 0, path, ok=False), []
        with response:
            body = response.read()
            ms = round((time.perf_counter() - started) * 1000)
            status = int(response.status or 0)
            ok = status < 400 or (may_be_closed and status in {403, 404})
            visit = Visit(self.role, status, int(response.headers["X-Queries"] or 0), ms, path, ok)
            if "html" not in (response.headers["Content-Type"] or ""):
                return visit, []
            return visit, list(self._same_site(response.url, body.decode(errors="replace")))

    def _same_site(self, here: str, html: str) -> Iterator[str]:
        parser = Links()
        parser.feed(html)
        for target in parser.found:
            address = urldefrag(urljoin(here, target)).url
            if address.startswith(f"{self.url}/"):
                yield address.removeprefix(self.url)


def walk(url: str, *, as_json: bool) -> int:
    """Visit everything as everybody; print a line a page. Returns 0, or 1 when one is not well."""
    known = routes()
    staff = _staff_roles()
    visits = list(_as_role(Visitor(url, NOBODY), known, is_staff=False))
    for role, path in _in_order(make_demo_links(now=clock.now())):
        visitor = Visitor(url, role)
        visit, _ = visitor.open(path)
        visits.append(visit)
        if visit.ok:
            visits += _as_role(visitor, known, is_staff=role in staff)
    visits += _unseen(known, visits)
    if as_json:
        answer([asdict(visit) for visit in visits])
    else:
        for visit in visits:
            print(visit)
        print(f"{sum(v.ok for v in visits)} passed, {sum(not v.ok for v in visits)} failed")
    return 0 if all(visit.ok for visit in visits) else 1


def _as_role(visitor: Visitor, known: list[Route], *, is_staff: bool) -> Iterator[Visit]:
    seen = set(LEFT_OUT)
    waiting: list[str] = []
    for route in known:
        if not _may_open(route, visitor.role, is_staff=is_staff):
            continue
        seen.add(route.name)
        visit, found = visitor.open(route.path, may_be_closed=True)
        waiting += found
        if visit.status < 400 or not visit.ok:
            yield visit
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        name = _name_of(path)
        if name in seen or path.startswith("/static/"):
            continue
        seen.add(name)
        visit, found = visitor.open(path)
        waiting += found
        yield visit


def _may_open(route: Route, role: str, *, is_staff: bool) -> bool:
    if route.arguments or "GET" not in route.methods or route.name in LEFT_OUT:
        return False
    if route.audience == "staff":
        return is_staff
    return route.audience == "public" or role != NOBODY


def _name_of(path: str) -> str:
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return path
    return found.view_name


def _unseen(known: list[Route], visits: list[Visit]) -> Iterator[Visit]:
    opened = {urlsplit(visit.path).path for visit in visits if visit.status < 400}
    for route in known:
        is_page = "GET" in route.methods and not route.arguments and route.name not in LEFT_OUT
        if is_page and route.path not in opened:
            yield Visit(NOBODY, 404, 0, 0, route.path, ok=False)


def _in_order(links: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(links.items(), key=lambda one: ROLES.index(one[0]) if one[0] in ROLES else 99)


def _staff_roles() -> set[str]:
    people = {
        ref: role
        for network in Network.objects.all()
        for role, ref in network.settings.get("demo_people", [])
    }
    persons = Person.objects.filter(ref__in=people)
    return {people[person.ref] for person in persons if person.is_staff}
