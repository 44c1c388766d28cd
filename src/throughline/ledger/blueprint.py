"""What a blueprint says about ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.amounts import Amount
from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.moments import END
from throughline.core.blueprint.phrases import (
    AmountPhrase,
    CarryOver,
    ConditionPhrase,
    Key,
    MomentPhrase,
    Number,
    OpenAmount,
    SpanPhrase,
    YesNo,
)
from throughline.core.blueprint.speech import Speech, said
from throughline.core.blueprint.tables import (
    Complaint,
    Defines,
    Promise,
    RoleKey,
    ShownText,
    Table,
    TablePath,
)
from throughline.core.blueprint.whole import Whole
from throughline.programs.series import Series

FACTS = (
    Fact("delivered.{entitlement}", "amount", "how much was delivered", "standing and completion"),
    Fact(
        "share.{entitlement}", "number", "percent of the promise so far", "standing and completion"
    ),
)
"""What conditions may ask about promises."""


class EntitlementSection(Promise):
    """One promise: how much of what, to whom, drawn by which tables."""

    quantity: OpenAmount = Field(
        description="amount, with its meaning; of a stipend, in how many items it is paid"
    )
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
    per: RoleKey = Field("participant", description="role that holds it, or district or team")
    period: Literal["program", "month", "quarter", "season", "year"] = Field(
        "program", description="how often it is granted"
    )
    of: tuple[TablePath, ...] = Field((), description="tables that draw on it")
    carry_over: CarryOver = Field("none", description="from period to period")
    alerts: tuple[Number, ...] = Field(
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

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Convenings are counted in time, sessions or events."""
        counted = {"half-day", "minute", "session", "event", ""}
        unit = self.quantity.unit if isinstance(self.quantity, Amount) else ""
        if self.kind == "convening" and unit not in counted:
            expected = "days, hours, sessions or events for a convening"
            yield Complaint(expected, f"{unit}s", ("quantity",))

    def sums(self, whole: Whole, counts: Mapping[str, int]) -> Iterator[Complaint]:
        """A promise that series keep is as large as they are: double entry."""
        found = {".".join(map(str, place)): one for place, one in whole.tables(Series)}
        own = [(path, found[path]) for path in self.of if path in found]
        quantity = self.quantity
        if not own or len(own) < len(self.of) or not isinstance(quantity, Amount):
            return
        if quantity.meaning in {"about", "on request"} or self.period != "program":
            return
        held = sum(
            counts[path.rpartition(".")[2]] * _each(series, quantity.unit) for path, series in own
        )
        if held < quantity.high or (quantity.meaning == "exactly" and held != quantity.high):
            planned = Amount("exactly", held, held, quantity.unit).words()
            expected = f"{planned}, the sum of {' and '.join(self.of)}"
            yield Complaint(expected, quantity.words(), ("quantity",))


class StandingRule(Table):
    """A rule about good standing or completion that prints its own sentence."""

    key: Key = Field(description="stable name")
    rule: ConditionPhrase = Field(description="condition over facts")
    say: ShownText = Field(description="ends the sentence 'To complete: ...'")
    needed: YesNo = Field(True, description="false = praised, not needed")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """It asks for facts that exist."""
        yield from whole.asks(self.rule.paths(), at=("rule",))


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

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say what each holder is promised, and what completes the program."""
        beyond = {"refuse": "; no more than that", "ask": "; more needs approval", "allow": ""}
        for key, promise in self.entitlements.items():
            period = "" if promise.period == "program" else f" a {promise.period}"
            yield (
                f"Each {speech.one(promise.per)} is promised {key.replace('-', ' ')}: "
                f"{said(promise.quantity)}{period}{beyond[promise.overrun]}."
            )
        for rule in self.good_standing:
            yield f"Good standing: {rule.say}"
        for rule in self.completion:
            yield f"To complete: {rule.say}"

    def blanks(self, speech: Speech) -> Iterator[str]:
        """What each holder is promised, what happens beyond it, and what completes the program."""
        for key, promise in self.entitlements.items():
            at = f"entitlements.{key}"
            yield (
                f"We promise each {speech.one(promise.per)} {key.replace('-', ' ')}: [[{at}.quantity]] "
                f"[[{at}.period|in the whole program|each month|each quarter|each season|each year]]. "
                f"More than that [[{at}.overrun|is refused|needs approval|is given too]]."
            )
        for name, rules in (("good_standing", self.good_standing), ("completion", self.completion)):
            begins = "To stay in good standing" if name == "good_standing" else "To complete"
            for number in range(len(rules)):
                yield f"{begins}, people read: [[{name}.{number}.say]]"
                yield f"This is checked: [[{name}.{number}.rule]]"


def _each(series: Series, unit: str) -> int:
    """How much of the unit one of the series is: its length, or itself."""
    if isinstance(series.length, Amount) and series.length.unit == unit:
        return series.length.high
    return 1
