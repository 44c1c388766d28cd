"""What a blueprint says about people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.faults import quoted
from throughline.core.blueprint.moments import END
from throughline.core.blueprint.phrases import (
    Count,
    Key,
    MomentPhrase,
    Number,
    SpanPhrase,
    Vocabulary,
    YesNo,
)
from throughline.core.blueprint.speech import Speech, capital
from throughline.core.blueprint.tables import (
    Complaint,
    Defines,
    Names,
    RoleKey,
    ShownText,
    Table,
    Text,
    WordKey,
)
from throughline.core.blueprint.whole import Whole
from throughline.people.code_sets import CodeSet, packs

RoleKind = Literal[
    "participant", "team lead", "team member", "wider team", "student", "family", "learner", "coach",
    "mentor", "consultant", "specialist", "facilitator", "faculty", "director", "coordinator",
    "staff", "reviewer", "partner", "expert", "guest", "sponsor", "nominator", "referee", "delegate",
    "chaperone", "adviser", "analyst", "funder", "safeguarding lead", "approver",
]  # fmt: skip

BUILT_IN_ROLES = frozenset(
    {
        "applicant", "participant", "team", "team-member", "district", "director", "coordinator",
        "reviewer", "delegate", "guest", "safeguarding-lead",
    }
)  # fmt: skip
"""Roles that exist without being declared."""


FACTS = (
    Fact("person.title", "text", "the key of the title in people.titles"),
    Fact("person.is_executive", "yes or no", "the title counts as executive"),
    Fact("person.is_cabinet", "yes or no", "the title counts as cabinet-level"),
    Fact("person.years_in_role", "number", "whole years in the present role"),
    Fact("person.is_adult", "yes or no", "of age"),
    Fact("person.is_employee", "yes or no", "employed by a district"),
    Fact("district.state", "text", "two-letter code of the state, such as GA"),
    Fact("district.size", "text", "small, medium or large, by enrollment"),
    Fact("district.locale", "text", "city, suburb, town or rural"),
    Fact("district.is_public", "yes or no", "a public school district"),
)
"""What conditions may ask about persons and districts."""


class RoleSection(Table):
    """A role: a name and settings for a fixed kind. The kind carries the permissions, in code."""

    kind: RoleKind = Field(description="fixed meaning that carries permissions (section 5)")
    scope: Literal["network", "program", "cohort", "engagement", "team", "group", "event"] = Field(
        "cohort", description="where the role is held"
    )
    word: WordKey | None = Field(None, description="term for it; default the key")
    minor: YesNo = Field(False, description="people under age; the rules of people.minors apply")
    account: YesNo = Field(True, description="may sign in")
    may_delegate: YesNo = Field(False, description="may name an assistant")
    covered: tuple[Literal["travel", "lodging", "meals", "materials"], ...] = Field(
        (), description="costs the host pays"
    )
    may_also: tuple[RoleKey, ...] = Field((), description="roles one person may hold beside it")
    affiliation: tuple[Literal["host staff", "contractor", "partner", "volunteer"], ...] = Field(
        (), description="whose staff"
    )
    attributes: Vocabulary = Field((), description="facts that matching may prefer")


class ExecutiveTitle(Table):
    """A title that people hold, with its synonyms."""

    key: Key = Field(description="stable name")
    label: ShownText = Field(description="as printed")
    also: tuple[Text, ...] = Field((), description="synonyms that map to it")
    executive: YesNo = Field(False, description="counts as executive leader")
    cabinet: YesNo = Field(False, description="counts as cabinet-level")


class Minors(Table):
    """Rules for people under age. A host may only be stricter than code."""

    guardian_consent: YesNo = Field(True, description="consent of a guardian first")
    assent: YesNo = Field(True, description="and of the student")
    private_messages: YesNo = Field(False, description="direct messages with adults")
    one_to_one: YesNo = Field(False, description="one-to-one bookings")
    students_together: Number = Field(
        2, description="fewest students in a room or group with adults"
    )
    students_per_adult: Count | None = Field(
        None, description="most students for one adult at an event"
    )
    photo: Literal["never", "with consent"] = Field("with consent", description="pictures")
    emergency_contacts: RoleKey = Field(
        "safeguarding-lead", description="the only role that sees them"
    )


class Retention(Table):
    """How long something named is kept."""

    key: Key = Field(description="stable name")
    what: Text = Field(description="in words")
    keep: SpanPhrase = Field(description="how long")
    after: MomentPhrase = Field(END, description="counted from")


class PeopleSection(Table):
    """Roles, titles, minors and retention."""

    retention: tuple[Retention, ...] = Field((), description="how long named things are kept")
    roles: Annotated[dict[Key, RoleSection], Defines("role")] = Field(
        {}, description="the roles of this program"
    )
    titles: tuple[ExecutiveTitle, ...] = Field((), description="executive titles with synonyms")
    minors: Minors = Field(Minors(), description="rules for people under age")
    identity: tuple[Annotated[Key, Names("code set")], ...] = Field(
        (), description="code sets that people may describe themselves with, in this order"
    )
    code_sets: Annotated[dict[Key, CodeSet], Defines("code set")] = Field(
        {}, description="sets of the program's own, beside those that ship"
    )
    jurisdictions: Literal["US states, DC and territories", "world"] = Field(
        "US states, DC and territories", description="list of states or countries"
    )

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Check that no own set takes the name of one that ships, and that each is asked once."""
        for key in self.code_sets:
            if key in packs():
                hint = "a set that ships has this name, and answers are kept under it"
                yield Complaint("a name of its own", quoted(key), ("code_sets", key), hint)
        seen: set[str] = set()
        for index, key in enumerate(self.identity):
            known = packs().get(key)
            if (own := known.key if known else key) in seen:
                yield Complaint("each set once", quoted(key), ("identity", index))
            seen.add(own)

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say whose costs are covered."""
        for key, role in self.roles.items():
            if role.covered:
                covered = ", ".join(role.covered)
                yield f"{capital(covered)} are covered for each {speech.one(key)}."
