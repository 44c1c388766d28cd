"""What a blueprint says about billing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.moments import parse_span
from throughline.core.blueprint.phrases import Key, KeysOrAll, OpenMoney, SpanPhrase, Whole, YesNo
from throughline.core.blueprint.tables import Defines, Names, RoleKey, ShownText, Table, Text


class Instalment(Table):
    """One part of an amount."""

    percent: Whole = Field(description="of the amount")
    due: SpanPhrase = Field(parse_span("30 days"), description="span")
    after: Literal["agreement", "invoice", "start", "end"] = Field(
        "invoice", description="counted from"
    )


class Price(Table):
    """What it costs, and who pays."""

    model: Literal["free", "per district", "per person", "per team"] = Field(
        description="who pays (A13)"
    )
    amount: OpenMoney | None = Field(None, description="money")
    season: Text | None = Field(None, description="for which it holds")
    includes: KeysOrAll = Field("everything", description="entitlements")
    travel: Literal["included", "not included", "not applicable"] = Field(
        "not applicable", description="is it in the price"
    )
    team_of: Whole | None = Field(None, description="size a team price covers")
    from_people: Whole | None = Field(None, description="smallest team for a team rate")
    instalments: tuple[Instalment, ...] = Field((), description="parts, 100 percent together")
    lines: Literal["one line for the bundle", "by item"] = Field(
        "one line for the bundle", description="one line or many on the invoice (A10)"
    )


class Grant(Table):
    """Money in."""

    funder: Annotated[Key, Names("host")] = Field(description="host key")
    amount: OpenMoney | None = Field(None, description="money")
    purpose: ShownText = Field("", description="in words")
    covers: tuple[Text, ...] = Field((), description="kinds of cost")
    acknowledge: ShownText | None = Field(None, description="sentence")


class Payout(Table):
    """Money out."""

    kind: Literal["stipend", "fellowship", "honorarium", "coach fee", "travel"] = Field(
        description="what sort"
    )
    to: tuple[RoleKey, ...] = Field(description="roles")
    amount: OpenMoney = Field(description="money")
    each: Literal["person", "event", "hour", "session"] = Field("person", description="per")
    instalments: tuple[Instalment, ...] = Field((), description="parts")
    guardian: YesNo = Field(False, description="paperwork of a guardian first")


class BillingSection(Table):
    """Prices, grants and payouts."""

    prices: dict[Key, Price] = Field({}, description="by name")
    grants: Annotated[dict[Key, Grant], Defines("grant")] = Field({}, description="money in")
    payouts: dict[Key, Payout] = Field({}, description="money out")
    terms: SpanPhrase = Field(parse_span("30 days"), description="invoice due after")
    agreement: tuple[Text, ...] = Field((), description="parts of the agreement")
