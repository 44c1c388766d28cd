"""Days, times and lengths as a Spanish reader says them. The clock of tests stands in 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from throughline.core import clock
from throughline.core.blueprint.amounts import parse_amount
from throughline.core.blueprint.moments import parse_span
from throughline.evidence.groups import GROUPS
from throughline.evidence.sentences import lower_first
from throughline.ui import spelling

NOVEMBER = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def spanish_in_november():
    with clock.at(NOVEMBER), override("es"):
        yield


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 4), date(2026, 12, 5), "4–5 dic"),
        (date(2026, 11, 30), date(2026, 12, 1), "30 nov – 1 dic"),
        (date(2027, 3, 5), date(2027, 3, 6), "5–6 mar 2027"),
        (date(2026, 12, 31), date(2027, 1, 1), "31 dic 2026 – 1 ene 2027"),
        (date(2026, 12, 4), None, "vie 4 dic"),
        (date(2027, 11, 10), None, "mié 10 nov 2027"),
    ],
)
def test_days_stand_before_their_month(first, last, said):
    assert spelling.days(first, last) == said


def test_the_day_has_24_hours():
    start, noon = (datetime(2026, 12, 4, hour, 30, tzinfo=UTC) for hour in (16, 18))

    assert spelling.clock_time(noon, "America/New_York") == "13:30 ET"
    assert spelling.times(start, noon, "America/New_York") == "11:30–13:30 ET"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 days", "2 días"),
        ("1 day", "1 día"),
        ("up to 6 sessions", "hasta 6 sesiones"),
        ("60 to 90 minutes", "60 a 90 minutos"),
        ("20 hours", "20 horas"),
        ("on request", "a pedido"),
    ],
)
def test_an_amount_of_a_blueprint_is_said_in_spanish(text, said):
    assert spelling.amount(parse_amount(text)) == said


@pytest.mark.parametrize(("text", "said"), [("18 months", "18 meses"), ("1 month", "1 mes")])
def test_a_span_of_a_blueprint_is_said_in_spanish(text, said):
    assert spelling.span(parse_span(text)) == said


def test_three_people_are_named_and_more_are_counted():
    assert spelling.listed(["Ana", "Ben", "Cara"]) == "Ana, Ben y Cara"
    assert spelling.listed(["Ana", "Ben", "Cara", "Dee"]) == "Ana, Ben y 2 más"


def test_groups_of_students_stand_in_a_sentence_in_lower_case():
    assert lower_first(GROUPS["ALL"].label)[:1].islower()
    assert lower_first(GROUPS["CWD"].label)[:1].islower()
