"""Each mistake is named with its line, what was expected and what stands there."""

from __future__ import annotations

import pytest

from tests.factories.blueprints import KEYS, MINIMAL, edited, errors, notes, text_of
from throughline.composition.sections import load
from throughline.core.blueprint.faults import BrokenBlueprint

RELN, LERN, LEE = text_of("reln"), text_of("lern"), text_of("lee")


@pytest.mark.parametrize("key", KEYS)
def test_shipped_programs_have_no_errors(key: str):
    assert errors(text_of(key)) == []


@pytest.mark.parametrize("key", ["eon", "lern", "news", "reln"])
def test_shipped_programs_with_every_number_have_no_notes(key: str):
    assert notes(text_of(key)) == []


def test_lee_still_owes_its_prices():
    assert notes(LEE) == [
        "x.toml:251: note: billing.prices.person.amount: expected a number before a cohort can "
        'open, got "?"',
        "x.toml:256: note: billing.prices.team.amount: expected a number before a cohort can "
        'open, got "?"',
    ]


WRONG = [
    ("unknown key", RELN, "confirm_within = ", "confirm_witin = ",
     'admissions.selection.confirm_witin: expected a known key, got "confirm_witin"; '
     "did you mean confirm_within?"),
    ("missing key", RELN, 'name = "Racial Equity Leadership Network"\nshort', "short",
     "blueprint.name: expected a value for name, got nothing"),
    ("span", RELN, 'length = "18 months"', 'length = "18 moons"',
     'program.length: expected a span of the calendar, such as "18 months", "3 weeks" or '
     '"5 working days", got "18 moons"'),
    ("named zone", RELN, '\nzone = "America/New_York"\nholidays',
     '\nzone = "event"\nholidays',
     'program.calendar.zone: expected a time zone by its name, such as "America/New_York", got '
     '"event"'),
    ("choice", RELN, 'mark = "half-day"', 'mark = "halfday"',
     "convenings.series.network.mark: expected 'half-day', 'session', 'block', 'minutes' or "
     "'none', got \"halfday\""),
    ("number", RELN, "\nmax = 7", '\nmax = "7"',
     'teams.rings.design-team.max: expected a whole number, or "?" while it is open, got "7"'),
    ("list", RELN, "district.state in list.south\"\npasses", "district.state in list.suoth\"\npasses",
     'admissions.eligibility[region].rule: expected a fact about list, got "list.suoth"; '
     "did you mean list.south?"),
    ("role", RELN, 'attends = ["fellow"]\ninvited = ["design-team"]\nmark',
     'attends = ["felow"]\ninvited = ["design-team"]\nmark',
     'convenings.series.network.attends[1]: expected a role, got "felow"; did you mean fellow?'),
    ("form", RELN, 'agreement = "team-agreement"', 'agreement = "team-agrement"',
     'teams.agreement: expected a form, got "team-agrement"; did you mean team-agreement?'),
    ("table", RELN, 'of = "people.roles.fellow"', 'of = "people.roles.felow"',
     "program.benefits[costs].of: expected a table of this file, such as "
     'convenings.series.network, got "people.roles.felow"; did you mean people.roles.fellow?'),
    ("moment", RELN, 'at = "series.network.each - 8 weeks"', 'at = "series.netwrk.each - 8 weeks"',
     "messaging.reminders[1].at: expected start, end, phase.KEY.begins, stage.KEY.closes or "
     'series.KEY.2, got "series.netwrk.each"; did you mean series.network.each?'),
    ("fact", RELN, 'rule = "person.is_executive"', 'rule = "person.is_executiv"',
     'admissions.eligibility[executive].rule: expected a fact about person, got '
     '"person.is_executiv"; did you mean person.is_executive?'),
    ("a field looks back only", RELN, "show_if = \"title = 'charged-leader'\"",
     "show_if = \"readiness is answered\"",
     "forms.application.fields[charge].show_if: expected a fact or an earlier field of this "
     'form, got "readiness"; earlier fields: title'),
    ("promise is the series", LERN, "\ncount = 8\n", "\ncount = 5\n",
     "ledger.entitlements.learning-sessions.quantity: expected 5 sessions, "
     "the sum of convenings.series.learning, got up to 6 sessions"),
    ("count is the moments", RELN, "count = 5\n", "count = 4\n",
     "convenings.series.network.at: expected 4 moments, as count says, got 5"),
    ("instalments", LERN, "{ percent = 50, after = \"agreement\" }",
     "{ percent = 40, after = \"agreement\" }",
     "billing.prices.district-2020-21.instalments: expected instalments of 100 percent together, "
     "got 90"),
    ("anchors of the scale", RELN, '"Change planned", ', "",
     "rubrics.application.criteria[readiness].levels: expected 4 levels, one for each point of "
     "the scale, got 3"),
    ("min and max", RELN, "min = 5\nmax = 7", "min = 8\nmax = 7",
     "teams.rings.design-team.min: expected min at or below max 7, got 8"),
    ("keys once", RELN, 'key = "engage"', 'key = "leverage"',
     'program.statements[leverage]: expected a key that stands once, got a second "leverage"'),
    ("weeks", LEE, "number = 9\n", "number = 10\n",
     "learning.weeks: expected weeks numbered 1, 2, 3 ... without a gap, got "
     "1, 2, 3, 4, 5, 6, 7, 8, 10, 10, 11, 12"),
    ("circle", RELN, 'ends = "series.network.4 - 1 day"', 'ends = "phase.design.ends - 1 day"',
     'program.phases[design].ends: expected moments that lead to the start, got "phase.design.ends", which depends '
     "on itself"),
    ("placeholder", RELN, "join as a {word.participant}.", "join as a {word.participent}.",
     'messaging.templates.offer.body: expected a word of the program, got "participent"; did you '
     "mean participant?"),
    ("source", RELN, 'source = "page: Fellowship Overview (RELN-01)"',
     'source = "brochure: Fellowship Overview (RELN-01)"',
     'program.source: expected "SOURCE-KEY: where", got "brochure"; known: census, host, page'),
    ("e-mail", RELN, 'inbox = "Program coordination team"', 'inbox = "team@example.org"',
     "messaging.inbox: expected no contact of a person, got an e-mail address; contacts belong "
     "to the host's settings"),
    ("phone", RELN, 'inbox = "Program coordination team"', 'inbox = "Call 404-555-0199"',
     "messaging.inbox: expected no contact of a person, got a phone number; contacts belong to "
     "the host's settings"),
    ("holidays", RELN, 'holidays = ["US"]', 'holidays = ["Atlantis"]',
     "program.calendar.holidays: expected ISO 3166 codes of countries or their parts, such as US "
     'or US-GA, got "Atlantis"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "old", "new", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_a_mistake_is_named_where_it_stands(text: str, old: str, new: str, message: str):
    broken = edited(text, old, new)

    found = errors(broken)

    assert message in [line.split(": ", 1)[1] for line in found]
    [line] = [line for line in found if message in line]
    number = int(line.split(":")[1])
    assert 1 <= number <= broken.count("\n") + 1


def test_lines_are_exact_inside_a_list_of_tables():
    text = edited(RELN, "show_if = \"title = 'charged-leader'\"", 'show_if = "open(person)"')
    line = text[: text.index("open(person)")].count("\n") + 1

    [error] = errors(text)

    assert error.startswith(f"x.toml:{line}: forms.application.fields[charge].show_if: expected a ")
    assert "'( person )'" in error


def test_a_file_that_is_no_toml_is_named_by_line():
    assert errors(edited(MINIMAL, 'name = "County Principals', "name = County Principals")) == [
        "x.toml:3: file: expected TOML, got something else (invalid value)"
    ]


def test_two_and_a_half_days_from_a_thursday_find_no_open_day():
    text = edited(RELN, 'length = "2 days"\nat', 'length = "5 half-days"\nat')

    assert errors(text) == [
        "x.toml:478: convenings.series.network.on: expected 3 open days in a row for "
        "date 1 of this series, got none that begin on a Thursday after 2027-02-11"
    ]


def test_two_and_a_half_days_from_a_wednesday_break_the_sum():
    text = edited(RELN, 'length = "2 days"\nat', 'length = "5 half-days"\nat')
    text = text.replace('on = "Thursday"', 'on = "Wednesday"')

    [error] = errors(text)

    assert "expected 25 half-days, the sum of convenings.series.network, got 10 days" in error


def test_an_objective_that_no_activity_serves_is_an_error():
    text = LEE.replace('objectives = ["conversations"]', "objectives = []")

    [error] = errors(text)

    assert error.endswith(
        'learning: expected an activity that serves the objective "conversations", got none'
    )


def test_a_week_outside_the_budget_is_a_note():
    text = edited(LEE, '"Try a first step at work", minutes = 180', '"Try it", minutes = 60')

    [note] = [note for note in notes(text) if "learning" in note]

    assert note.endswith(
        "note: learning.weeks[9]: expected 5 to 7 hours of work in week 9, got 210 minutes"
    )


def test_a_term_spelled_out_and_a_missing_source_are_notes():
    text = edited(RELN, "materials for each {word.participant}.", "materials for each fellow.")
    text = edited(text, 'source = "page: five two-day convenings (RELN-08)"\n', "")

    assert errors(text) == []
    assert [note.split(": ", 2)[2] for note in notes(text)] == [
        'program.benefits[costs].text: expected {word.participant}, got "fellow" as written; so '
        "that renaming the term reaches it",
        "ledger.entitlements.convening-days: expected a source: where the promise comes from, or "
        '"host: ...", got none',
    ]


def test_all_errors_are_reported_at_once_by_line():
    text = edited(RELN, 'length = "18 months"', 'length = "18 moons"')
    text = edited(text, "confirm_within = ", "confirm_witin = ")

    lines = [int(error.split(":")[1]) for error in errors(text)]

    assert len(lines) == 2
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("#" * (1024 * 1024 + 1), "a larger one"),
        ("a = " + "[" * 5000 + "]" * 5000, "something that cannot be read as TOML"),
        ("a = " + "[" * 40 + "]" * 40, "more"),
        (".".join("a" * 300_000) + " = 1", "a longer one"),
        ('"a".' * 100_000 + "b = 1", "a longer one"),
        ("[" + "a." * 1000 + "b]", "a longer one"),
        ("".join(f"[a{number}]\n" for number in range(501)), "501"),
        ("[[a]]\n" * 501, "501"),
        (f"[lists]\na = {['x'] * 20_001}", "more"),
    ],
)
def test_a_hostile_file_is_refused_soon(text: str, got: str):
    [error] = errors(text)

    assert error.endswith(f"got {got}")


def test_a_condition_may_not_be_deep_or_long():
    deep = edited(
        RELN, 'rule = "person.is_executive"', f'rule = "{"not " * 30}person.is_executive"'
    )
    wide = edited(RELN, 'rule = "person.is_executive"', f'rule = "{"yes or " * 200}yes"')

    assert "nested at most 12 deep" in errors(deep)[0]
    assert "at most 500 characters" in errors(wide)[0]


def test_words_with_many_dots_are_no_long_key():
    text = edited(MINIMAL, 'title = "Gathering"', 'title = "No. Yes. A.b.c.d.e.f.g.h.i.j. # Go."')

    assert errors(text) == []


def test_moments_that_lead_too_far_are_an_error():
    phases = "".join(
        f'[[program.phases]]\nkey = "p{number}"\ntitle = "P"\nends = "end"\n'
        f'begins = "phase.p{number + 1}.begins"\n'
        for number in range(200)
    ).replace("phase.p200.begins", "start")

    [error] = errors(MINIMAL + phases)

    assert "expected at most 50 moments that lead to one another" in error


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("0 days", "a rhythm of at least one day"),
        ("1 day", "at most 400 dates"),
    ],
)
def test_a_rhythm_has_an_end(every: str, expected: str):
    text = MINIMAL.replace("9 months", "5 years").replace("count = 3\n", "")
    text = text[: text.index("at = [")] + f'every = "{every}"\nroll = "none"\n'

    assert any(expected in error for error in errors(text))


def test_working_days_are_counted_or_refused():
    text = edited(MINIMAL, "start + 2 weeks", "start + 501 working days")

    assert errors(text) == [
        "x.toml:17: convenings.series.gathering.at[1]: expected dates between the years 1 and "
        "9999, and spans of at most 500 working days, got 501 working days"
    ]


def test_a_stage_closes_after_it_opens():
    text = edited(RELN, 'closes = "start - 5 months"', 'closes = "start - 10 months"')

    assert (
        "admissions.stages[application].closes: expected a day on or after 2026-04-13, when it "
        "opens, got 2026-03-11"
    ) in [error.split(": ", 1)[1] for error in errors(text)]


def test_a_broken_file_raises_with_every_line():
    with pytest.raises(BrokenBlueprint, match=r"blueprint.toml:6: program.length: expected a span"):
        load(edited(MINIMAL, 'length = "9 months"', 'length = "9 moons"'))


def test_roles_have_kinds_and_never_permissions():
    text = edited(MINIMAL, 'kind = "participant"', 'kind = "participant"\ncan = ["everything"]')

    assert errors(text)[0].startswith("x.toml:12: people.roles.principal.can: expected a known key")
