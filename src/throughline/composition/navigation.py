"""The menu of each person: what her roles open, in the words of a civic workbook, at most six."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.around import AROUND
from throughline.programs.models import Cohort, Program
from throughline.programs.words import parts_of_network, words_of_network
from throughline.teams.models import Team
from throughline.ui.navigation import NavItem

MOST = 6
IN_A_DISTRICT = frozenset({Role.FELLOW, Role.TEAM_LEAD, Role.MEMBER, Role.DISTRICT_ANALYST})
READERS = frozenset({Role.REVIEWER})
COACHES = frozenset({Role.COACH, Role.MENTOR})


def main_menu(request: HttpRequest) -> list[NavItem]:
    """Return the places of the person of a request; a visitor gets the front page and sign-in."""
    person = getattr(request, "person", None)
    places = _visitor() if person is None else _places(person)
    menu: dict[str, NavItem] = {}
    for label, href in places:
        menu.setdefault(href, NavItem(label, href, _is_current(request.path, href)))
    return list(menu.values())[:MOST]


def account_menu(request: HttpRequest) -> list[NavItem]:
    """Return what stands above "Sign out"."""
    person = getattr(request, "person", None)
    if person is None:
        return []
    items = [NavItem(_("You"), reverse("people:you"))]
    if IN_A_DISTRICT & {role for role, _scope in person.live_roles}:
        items.append(NavItem(_("What we were promised"), reverse("ledger:promised")))
    if person.is_staff:
        items.append(NavItem(_("Programs"), reverse("programs:cohorts")))
        items.append(NavItem(_("Evidence"), reverse("evidence:districts")))
        items.append(NavItem(_("Staff"), reverse("people:staff")))
        items.append(NavItem(_("Outbox"), reverse("messaging:outbox")))
    return items


def _overview(person: Person, cohort: Cohort) -> NavItem:
    return NavItem(_("Overview"), reverse("home:cohort", args=[cohort.ref]))


def _owed(person: Person, cohort: Cohort) -> NavItem:
    return NavItem(_("Who owes what"), reverse("home:owed", args=[cohort.ref]))


def _ledger(person: Person, cohort: Cohort) -> NavItem:
    return NavItem(_("Promised and delivered"), reverse("ledger:cohort", args=[cohort.ref]))


def _standing(person: Person, cohort: Cohort) -> NavItem:
    return NavItem(_("Standing"), reverse("ledger:standing", args=[cohort.ref]))


def _report(person: Person, cohort: Cohort) -> NavItem:
    return NavItem(_("Report"), reverse("home:report", args=[cohort.ref]))


cohort_tabs = (_overview, _owed, _ledger, _standing, _report)
"""Pages of higher apps about one cohort."""


def _meetings(team: Team) -> NavItem:
    return NavItem(_("Meetings"), reverse("meetings:team", args=[team.ref]))


team_tabs = (_meetings,)
"""Pages of higher apps about one team."""


def _rules(program: Program) -> NavItem:
    return NavItem(_("Try its rules"), reverse("ledger:try", args=[program.ref]))


draft_tabs = (_rules,)
"""Pages of higher apps about the draft of a program."""


def public_page(program: Program) -> str:
    """Return the address of a program's public page."""
    return reverse("home:program", args=[program.ref])


def draft_page(program: Program) -> str:
    """Return where its public page is shown as it would be on its draft."""
    return reverse("home:draft", args=[program.ref])


def _visitor() -> Iterator[tuple[str, str]]:
    yield _("Programs"), reverse("home:front")


def _places(person: Person) -> Iterator[tuple[str, str]]:
    roles = {role for role, _scope in person.live_roles}
    # Staff reach what others let them do from "Next for me"; their menu costs no query.
    acts_for_others = not person.is_staff and bool(person.live_delegations)
    yield _("Home"), reverse("home:front")
    if person.is_staff:
        yield _("Cohort"), reverse("home:first_cohort")
        yield _("Admissions"), reverse("admissions:calls")
        yield _convenings(person), reverse("convenings:events")
        if "coaching" in parts_of_network(person.network):
            yield _("Coaching"), reverse("coaching:coaching")
    if roles & READERS:
        yield _("My reviews"), reverse("admissions:reviews")
    if roles & COACHES:
        yield _("Coaching"), reverse("coaching:coaching")
    if roles & set(AROUND):
        yield _convenings(person), reverse("convenings:events")
    if roles & IN_A_DISTRICT or acts_for_others:
        yield from _district(person, roles)
    if not roles or roles & {Role.APPLICANT} or acts_for_others:
        yield _("My application"), reverse("admissions:mine")
    yield _("Evidence"), reverse("evidence:districts")


def _district(person: Person, roles: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what the network's programs have; who joins one without teams is shown no team."""
    parts = parts_of_network(person.network)
    if "teams" in parts:
        yield _("Our team"), reverse("teams:mine")
    yield _convenings(person), reverse("convenings:events")
    if roles & IN_A_DISTRICT and "challenges" in parts:
        yield _("Challenge"), reverse("inquiry:challenges")
    if roles & IN_A_DISTRICT and "coaching" in parts:
        yield _("Coaching"), reverse("coaching:coaching")


def _convenings(person: Person) -> str:
    """Name the page of events with the last word of the program's term: "Convenings"."""
    return capfirst(words_of_network(person.network).other("convening").rpartition(" ")[2])


def _is_current(path: str, href: str) -> bool:
    home = reverse("home:front")
    here = urlsplit(href).path
    if here == home:
        return path == home
    return path.startswith((here, *_belonging_to(here)))


def _belonging_to(place: str) -> tuple[str, ...]:
    """Return where else pages of a place begin: tabs of a cohort stand in several apps."""
    if place != reverse("home:first_cohort"):
        return ()
    ledger = reverse("ledger:promised")
    return f"{reverse('programs:cohorts')}cohorts/", f"{ledger}cohorts/", f"{ledger}held/"
