"""What a blueprint says about billing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.faults import nearest, quoted
from throughline.core.blueprint.moments import parse_span
from throughline.core.blueprint.phrases import Key, KeysOrAll, Number, OpenMoney, SpanPhrase, YesNo
from throughline.core.blueprint.speech import Speech, said
from throughline.core.blueprint.tables import (
    Complaint,
    Defines,
    Names,
    Promise,
    RoleKey,
    ShownText,
    Table,
    Text,
)
from throughline.core.blueprint.whole import Whole


class Instalment(Table):
    """One part of an amount."""

    percent: Number = Field(description="of the amount")
    due: SpanPhrase = Field(parse_span("30 days"), description="how long after it")
    after: Literal["agreement", "invoice", "start", "end"] = Field(
        "invoice",
        description="counted from the signed agreement, from the invoice, or from the first or "
        "last day of the cohort",
    )

    def sentence(self) -> str:
        """Say how much is due when."""
        return f"{self.percent} percent {self.due} after the {self.after}"


class Price(Promise):
    """What it costs, and who pays."""

    model: Literal["free", "per district", "per person", "per team"] = Field(description="who pays")
    amount: OpenMoney | None = Field(None, description="money")
    season: Text | None = Field(None, description="for which it holds")
    includes: KeysOrAll = Field("everything", description="entitlements")
    travel: Literal["included", "not included", "not applicable"] = Field(
        "not applicable", description="is it in the price"
    )
    team_of: Number | None = Field(None, description="size a team price covers")
    from_people: Number | None = Field(None, description="smallest team for a team rate")
    instalments: tuple[Instalment, ...] = Field((), description="parts, 100 percent together")
    lines: Literal["one line for the bundle", "by item"] = Field(
        "one line for the bundle", description="one line or many on the invoice"
    )

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Parts make a whole, and what is included is promised."""
        yield from hundred(self.instalments)
        if self.includes != "everything":
            known = whole.keys("entitlement")
            for key in self.includes:
                if key not in known:
                    hint = nearest(key, known)
                    yield Complaint("an entitlement", quoted(key), ("includes",), hint)


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

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Parts make a whole."""
        yield from hundred(self.instalments)


class BillingSection(Table):
    """Prices, grants and payouts."""

    prices: dict[Key, Price] = Field({}, description="by name")
    grants: Annotated[dict[Key, Grant], Defines("grant")] = Field({}, description="money in")
    payouts: dict[Key, Payout] = Field({}, description="money out")
    terms: SpanPhrase = Field(parse_span("30 days"), description="invoice due after")
    agreement: tuple[Text, ...] = Field((), description="parts of the agreement")

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say what it costs and who is paid."""
        for price in self.prices.values():
            season = price.season or "any season"
            amount = said(price.amount) if price.amount else "an amount not stated"
            cost = "free" if price.model == "free" else f"{amount} {price.model}"
            yield f"Price ({season}): {cost}, travel {price.travel}."
        for payout in self.payouts.values():
            who = ", ".join(speech.one(role) for role in payout.to)
            parts = "; ".join(part.sentence() for part in payout.instalments)
            yield (
                f"Each {who} is paid {said(payout.amount)} as a {payout.kind}, per {payout.each}"
                f"{': ' if parts else ''}{parts}."
            )


def hundred(instalments: tuple[Instalment, ...]) -> Iterator[Complaint]:
    """Complain about parts that are not 100 percent together."""
    total = sum(part.percent for part in instalments)
    if instalments and total != 100:
        yield Complaint("instalments of 100 percent together", f"{total}", ("instalments",))
