"""What a blueprint says about ledger."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.moments import END
from throughline.core.blueprint.phrases import (
    AmountPhrase,
    CarryOver,
    ConditionPhrase,
    Key,
    MomentPhrase,
    OpenAmount,
    SpanPhrase,
    Whole,
    YesNo,
)
from throughline.core.blueprint.tables import Defines, RoleKey, ShownText, Table, TablePath


class EntitlementSection(Table):
    """One promise: how much of what, to whom, drawn by which tables."""

    quantity: OpenAmount = Field(description="amount, with its meaning")
    kind: Literal[
        "convening",
        "session",
        "coaching",
        "meeting",
        "service",
        "week",
        "event",
        "cost",
        "stipend",
        "course",
        "report",
    ] = Field(description="what is counted")
    per: RoleKey = Field("participant", description="role that holds it, or district or team (A8)")
    period: Literal["program", "month", "quarter", "season", "year"] = Field(
        "program", description="how often it is granted"
    )
    of: tuple[TablePath, ...] = Field((), description="tables that draw on it (A8)")
    carry_over: CarryOver = Field("none", description="from period to period")
    alerts: tuple[Whole, ...] = Field(
        (
            75,
            90,
            100,
        ),
        description="percent used",
    )
    overrun: Literal["refuse", "ask", "allow"] = Field("ask", description="what happens beyond it")
    expires: MomentPhrase = Field(END, description="moment")
    show_unused: SpanPhrase | None = Field(None, description="remind before it expires")


class StandingRule(Table):
    """A rule about good standing or completion that prints its own sentence."""

    key: Key = Field(description="stable name")
    rule: ConditionPhrase = Field(description="condition over facts")
    say: ShownText = Field(description="ends the sentence 'To complete: ...'")
    needed: YesNo = Field(True, description="false = praised, not needed")


class CertificateSettings(Table):
    """What is issued at the end."""

    title: ShownText = Field(description="printed")
    hours: AmountPhrase | None = Field(None, description="printed; default what attendance shows")
    code: YesNo = Field(True, description="can be verified by code")


class LedgerSection(Table):
    """What is promised to whom, and what completes the program."""

    entitlements: Annotated[dict[Key, EntitlementSection], Defines("entitlement")] = Field(
        {}, description="what is promised"
    )
    good_standing: tuple[StandingRule, ...] = Field((), description="rules while it runs")
    completion: tuple[StandingRule, ...] = Field((), description="rules at the end")
    waived_by: tuple[RoleKey, ...] = Field((), description="roles that may waive, with a reason")
    certificate: CertificateSettings | None = Field(None, description="what is issued")
