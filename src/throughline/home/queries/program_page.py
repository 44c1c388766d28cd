"""What the public page of a program says, read from its blueprint and its calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.admissions.blueprint import AdmissionsSection
from throughline.admissions.models import Call
from throughline.billing.blueprint import BillingSection, Price
from throughline.convenings.blueprint import ConveningsSection
from throughline.core.blueprint.amounts import Amount
from throughline.core.blueprint.money import Money
from throughline.core.blueprint.speech import capital
from throughline.forms.blueprint import FormsSection
from throughline.home.queries.backers import backers
from throughline.ledger.blueprint import LedgerSection
from throughline.people.blueprint import PeopleSection
from throughline.people.models import Person
from throughline.programs.blueprint import AboutSection, ProgramSection
from throughline.programs.models import BlueprintVersion, CalendarItem, Cohort, Program
from throughline.programs.sections import section, translated
from throughline.programs.series import Series
from throughline.programs.titles import told_date
from throughline.programs.words import Words, reading, words_of
from throughline.teams.blueprint import TeamsSection
from throughline.ui import spelling

MOST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Number:
    """A promise as a number and what it counts."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """A heading and its sentence."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A day, or a stretch of days, and what happens."""

    first: date
    last: date | None
    title: str
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProgramPage:
    """Everything that the public page prints."""

    program: Program
    words: Words
    name: str
    summary: str
    numbers: Sequence[Number]
    who: str
    rules: Sequence[Said]
    states: str
    team: Sequence[str]
    does: Sequence[Said]
    stands_for: Sequence[str]
    minutes_to_apply: int | None
    needs: Sequence[str]
    cohort: Cohort | None
    call: Call | None
    is_open: bool
    is_by_invitation: bool
    dates: Sequence[KeyDate]
    convenings: Sequence[KeyDate]
    price: str
    covered: str
    inbox: str
    past: Sequence[Cohort]
    funders: Sequence[str]
    partners: Sequence[str]
    credits: Sequence[str]


def program_page(person: Person | None, program: Program, *, now: datetime) -> ProgramPage | None:
    """Return the public page of a program, or nothing while it has no published version.

    Four queries: cohorts with their versions, the call, its dates, the last version.
    """
    cohorts = list(
        Cohort.objects.visible_to(person)
        .filter(program=program)
        .select_related("version")
        .order_by("-starts_on", "pk")
    )
    cohort = cohorts[0] if cohorts else None
    version = cohort.version if cohort else _last_version(program)
    if version is None:
        return None
    call = _call_of(person, cohort)
    return _page(program, version, cohort, call, cohorts, now)


def page_of_draft(draft: BlueprintVersion, *, now: datetime) -> ProgramPage:
    """Return the public page as it would be on this draft, before there is a cohort."""
    return _page(draft.program, draft, None, None, [], now)


def _last_version(program: Program) -> BlueprintVersion | None:
    published = BlueprintVersion.objects.filter(program=program, state="published")
    return published.order_by("-number").first()


def _call_of(person: Person | None, cohort: Cohort | None) -> Call | None:
    if cohort is None:
        return None
    return Call.objects.visible_to(person).filter(cohort=cohort).order_by("-closes_at").first()


def _page(
    program: Program,
    version: BlueprintVersion,
    cohort: Cohort | None,
    call: Call | None,
    cohorts: Sequence[Cohort],
    now: datetime,
) -> ProgramPage:
    words = words_of(version)
    about = section(version, "blueprint", AboutSection)
    settings = section(version, "program", ProgramSection)
    admissions = section(version, "admissions", AdmissionsSection)
    calendar = list(CalendarItem.objects.filter(cohort=cohort)) if cohort else []
    form = _form_of(version, admissions)
    return ProgramPage(
        program=program,
        words=words,
        name=about.name,
        summary=words.fill(about.summary),
        numbers=list(_numbers(version, words))[:MOST_NUMBERS],
        who=words.fill(admissions.who),
        rules=[Said(rule.key, words.fill(rule.passes)) for rule in admissions.eligibility],
        states=_states(version, admissions),
        team=list(_team(version, words)),
        does=[Said(words.fill(one.title), words.fill(one.text)) for one in settings.benefits],
        stands_for=[words.fill(one.text) for one in settings.statements],
        minutes_to_apply=form.minutes if form else None,
        needs=[words.fill(label) for _key, label in form.parts] if form else [],
        cohort=cohort,
        call=call,
        is_open=bool(call and call.takes_applications(now)),
        is_by_invitation=admissions.is_by_invitation,
        dates=_dates(version, cohort, call, calendar, _nominations(admissions)),
        convenings=_convenings(version, calendar, words),
        price=_price(version),
        covered=_covered(version, words),
        inbox=_inbox(version),
        past=[one for one in cohorts if one.ends_on < now.date()],
        funders=backers(version, words),
        partners=[host.name for host in settings.hosts if host.role != "funder"],
        credits=about.attribution,
    )


def _form_of(version: BlueprintVersion, admissions: AdmissionsSection):  # type: ignore[no-untyped-def]
    forms = section(version, "forms", FormsSection).root
    stage = admissions.asks
    return forms.get(stage.form) if stage and stage.form else None


def _numbers(version: BlueprintVersion, words: Words) -> Iterator[Number]:
    """Yield the length, each series of convenings, what is promised besides, and the price."""
    yield from _length(version, words)
    series = section(version, "convenings", ConveningsSection).series
    for one in series.values():
        if isinstance(one.count, int):
            what = words.count(one.word, one.count)
            if one.length is not None:
                what = _("%(what)s of %(size)s") % {"what": what, "size": _size(one.length)}
            yield Number(str(one.count), what)
    for key, promise in section(version, "ledger", LedgerSection).entitlements.items():
        amount = promise.quantity
        if promise.kind != "convening" and isinstance(amount, Amount) and amount.is_number:
            number, _space, unit = spelling.amount(replace(amount, meaning="exactly")).partition(
                " "
            )
            yield Number(number, f"{unit}: {key.replace('-', ' ')}")
    if price := _price(version):
        yield Number(price, _price_words(version))
    for ring in section(version, "teams", TeamsSection).rings.values():
        if isinstance(ring.min, int) and isinstance(ring.max, int):
            people = _("people in your %(team)s") % {"team": words.one(ring.word)}
            yield Number(f"{ring.min}–{ring.max}", people)


def _length(version: BlueprintVersion, words: Words) -> Iterator[Number]:
    length = section(version, "program", ProgramSection).length
    if isinstance(length, str):
        return
    number, _space, unit = spelling.span(length).partition(" ")
    if section(version, "teams", TeamsSection).rings:
        with_team = _("%(unit)s, with your own %(team)s")
        unit = with_team % {"unit": unit, "team": words.one("team")}
    yield Number(number, unit)


def _size(length: Amount | str) -> str:
    """Say how long a series is each time, or that nobody has said it yet."""
    return spelling.amount(length) if isinstance(length, Amount) else _("a number still open")


def _states(version: BlueprintVersion, admissions: AdmissionsSection) -> str:
    """Return the states that a rule on the district's state lists, or nothing."""
    lists = version.parsed.get("lists", {})
    for rule in admissions.eligibility:
        fact, _is_in, listed = str(rule.rule).partition(" in list.")
        if fact == "district.state" and listed in lists:
            return ", ".join(str(state) for state in lists[listed])
    return ""


def _prices(version: BlueprintVersion) -> list[Price]:
    return list(section(version, "billing", BillingSection).prices.values())


def _price(version: BlueprintVersion) -> str:
    for price in _prices(version):
        if price.model == "free":
            return "$0"
        if isinstance(price.amount, Money):
            return price.amount.words()
    return ""


def _price_words(version: BlueprintVersion) -> str:
    price = _prices(version)[0]
    if price.model == "free" and price.travel == "included":
        return _("to pay: travel is covered")
    if price.model == "free":
        return _("to pay")
    return str(price.model)


def _covered(version: BlueprintVersion, words: Words) -> str:
    for key, role in section(version, "people", PeopleSection).roles.items():
        if role.covered:
            listed = spelling.listed([str(_COVERED[kind]) for kind in role.covered], most=4)
            return _("%(what)s are paid for each %(who)s.") % {
                "what": capital(listed), "who": words.one(role.word or key),
            }  # fmt: skip
    return ""


_COVERED = {
    "travel": gettext_lazy("travel"),
    "lodging": gettext_lazy("lodging"),
    "meals": gettext_lazy("meals"),
    "materials": gettext_lazy("materials"),
}


def _team(version: BlueprintVersion, words: Words) -> Iterator[str]:
    teams = section(version, "teams", TeamsSection)
    for ring in teams.rings.values():
        if isinstance(ring.min, int) and isinstance(ring.max, int):
            yield _("You bring a %(team)s of %(least)d to %(most)d people.") % {
                "team": words.one(ring.word), "least": ring.min, "most": ring.max,
            } + (" " + _("An existing team is welcome.") if ring.existing_allowed else "")  # fmt: skip
    for rule in teams.composition:
        yield _("It should include %(who)s") % {"who": words.fill(rule.say)}


def _nominations(admissions: AdmissionsSection) -> frozenset[str]:
    """Return the dates until which others may nominate, by their keys in the calendar."""
    kinds = ((stage.key, stage.kind) for stage in admissions.stages)
    return frozenset(f"stage.{key}.closes" for key, kind in kinds if kind == "nomination")


def _dates(
    version: BlueprintVersion,
    cohort: Cohort | None,
    call: Call | None,
    calendar: Sequence[CalendarItem],
    nominations: frozenset[str],
) -> list[KeyDate]:
    if cohort is None:
        return []
    asked = [item for item in calendar if item.key in nominations]
    dates = [KeyDate(item.on, None, told_date(version, item)) for item in asked]
    if call is not None:
        zone = ZoneInfo(call.zone)
        if call.priority_at:
            dates.append(
                KeyDate(
                    call.priority_at.astimezone(zone).date(),
                    None,
                    _("Priority date"),
                    "",
                    call.priority_at,
                )
            )
        dates.append(
            KeyDate(
                call.closes_at.astimezone(zone).date(),
                None,
                _("Applications close"),
                "",
                call.closes_at,
            )
        )
    decision = next((item for item in calendar if item.key == "stage.decision.closes"), None)
    if decision is not None:
        dates.append(
            KeyDate(decision.on, None, _("You hear from us"), _("Everybody gets reasons."))
        )
    months = ngettext("For %(n)d month.", "For %(n)d months.", cohort.months) % {"n": cohort.months}
    dates.append(
        KeyDate(cohort.starts_on, None, _("%(cohort)s starts") % {"cohort": cohort.label}, months)
    )
    return dates


def _convenings(
    version: BlueprintVersion, calendar: Sequence[CalendarItem], words: Words
) -> list[KeyDate]:
    series = section(version, "convenings", ConveningsSection).series
    return [
        KeyDate(item.on, _last_day(item), _title(series[item.series], item, words))
        for item in sorted(calendar, key=lambda item: (item.on, item.pk))
        if item.series in series
    ]


def _title(series: Series, item: CalendarItem, words: Words) -> str:
    """Name a date in the reader's language, or else as the calendar has it."""
    return str(capfirst(words.fill(series.title))) or item.title


def _last_day(item: CalendarItem) -> date | None:
    last = item.on + (item.ends_on - item.computed_on)
    return last if last != item.on else None


def _inbox(version: BlueprintVersion) -> str:
    return str(translated(version.parsed, "messaging", reading()).get("inbox", ""))
