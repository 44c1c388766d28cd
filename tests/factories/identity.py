"""A program that asks people about themselves, and somebody who takes part in it."""

from __future__ import annotations

from tests.factories.blueprints import MINIMAL
from tests.factories.people import make_network, make_person
from tests.factories.programs import make_cohort
from throughline.people.enums import Role
from throughline.people.models import Network, Person

SCHOOLING = """
[people.code_sets.schooling]
title = "Schooling"
ask = "Which schools did the {word.participant} in you go to?"
options = [["village", "A village school"], ["boarding", "A boarding school"], ["none", "None"]]
several = true
alone = ["none"]
version = "2026"
source = "host: our own"

[translations.es]
"people.code_sets.schooling.title" = "Escolaridad"
"people.code_sets.schooling.options.village" = "Una escuela de pueblo"
"""


def asking(*sets: str) -> str:
    """The text of a small program that names these code sets, ``schooling`` being its own."""
    return f"{MINIMAL}\n[people]\nidentity = {list(sets)!r}\n{SCHOOLING}"


def make_learner(
    *sets: str, network: Network | None = None, is_minor: bool = False, role: str = Role.LEARNER
) -> Person:
    """Somebody in a cohort whose program names these code sets."""
    cohort = make_cohort(network or make_network(), source=asking(*sets))
    return make_person(cohort.network, role=role, scope=cohort.scope, is_minor=is_minor)
