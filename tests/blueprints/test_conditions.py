"""Conditions are read, never run, and know when they do not know."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.blueprints import edited, shipped, text_of
from throughline.admissions.blueprint import AdmissionsSection
from throughline.composition.sections import load
from throughline.core.blueprint.amounts import parse_amount
from throughline.core.blueprint.conditions import parse_condition
from throughline.programs.blueprint import ListsSection
from throughline.programs.blueprints import Blueprint

FACTS: dict[str, Any] = {
    "state": "GA",
    "list.south": ("GA", "MS"),
    "many": ("a", "b"),
    "yes-fact": True,
    "no-fact": False,
    "count": 3,
    "empty": "",
    "delivered.days": parse_amount("8 days"),
}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes-fact", True),
        ("not yes-fact", False),
        ("unheard", None),
        ("not unheard", None),
        ("unheard and no-fact", False),
        ("unheard and yes-fact", None),
        ("unheard or yes-fact", True),
        ("unheard or no-fact", None),
        ("state in list.south", True),
        ("many includes 'b'", True),
        ("state = 'GA' and (count < 3 or count >= 3)", True),
        ("count != 3", False),
        ("count > 'x'", None),
        ("empty is empty", True),
        ("unheard is answered", False),
        ("delivered.days >= '16 half-days'", True),
        ("delivered.days > '8 days'", False),
        ("delivered.days > '3 hours'", None),
        ("not (state = 'GA')", False),
        ("yes", True),
    ],
)
def test_conditions_have_three_answers(text: str, answer: bool | None):
    assert parse_condition(text).judge(FACTS) is answer


@pytest.mark.parametrize(
    "text",
    ["", "and", "a =", "a = = b", "(a", "a)", "a b", "open(x)", "a is b", "a.__class__", "a; b",
     "'a", "a in", "not", "import os", "1 + 1", "a[0]"],
)  # fmt: skip
def test_what_is_no_condition_is_refused(text: str):
    with pytest.raises(ValueError, match=r"condition|answered"):
        parse_condition(text)


CLAUSES = st.recursive(
    st.sampled_from(["yes-fact", "no-fact", "unheard", "count = 3", "state in list.south"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        )
        | inner.map(lambda part: f"not {part}")
    ),
    max_leaves=5,
)


@given(CLAUSES, CLAUSES)
def test_de_morgan_holds_with_unknown_facts(left: str, right: str):
    one = parse_condition(f"not ({left} and {right})").judge(FACTS)
    other = parse_condition(f"not {left} or not {right}").judge(FACTS)

    assert one is other


@given(CLAUSES)
def test_the_spelling_of_a_condition_reads_back_the_same(text: str):
    condition = parse_condition(text)

    assert parse_condition(str(condition)) == condition


def answer_of(blueprint: Blueprint, key: str, facts: dict[str, Any]) -> bool | None:
    rules = {
        rule.key: rule for rule in blueprint.section("admissions", AdmissionsSection).eligibility
    }
    lists = {
        f"list.{key}": codes for key, codes in blueprint.section("lists", ListsSection).items()
    }
    return rules[key].rule.judge(lists | facts)


@pytest.mark.requirement("RELN-24")
def test_the_region_is_the_list_of_the_host():
    smaller = load(edited(text_of("reln"), '"VA", "WV"]', '"VA"]'))
    west_virginia = {"district.state": "WV"}

    assert answer_of(shipped("reln"), "region", west_virginia) is True
    assert answer_of(smaller, "region", west_virginia) is False
    assert answer_of(smaller, "region", {}) is None
