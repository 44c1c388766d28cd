"""What a blueprint says about admissions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.moments import parse_span
from throughline.core.blueprint.phrases import (
    AmountPhrase,
    Clock,
    ConditionPhrase,
    Key,
    MomentPhrase,
    Number,
    SpanPhrase,
    YesNo,
)
from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.tables import (
    Complaint,
    Dated,
    Defines,
    FormKey,
    Names,
    Promise,
    RoleKey,
    ShownText,
    Table,
    Text,
)
from throughline.core.blueprint.tables import marked as _
from throughline.core.blueprint.whole import Whole
from throughline.programs.series import Task

Outcome = Literal["not eligible", "a person decides"]


FACTS = (
    Fact(
        "nomination.received",
        "yes or no",
        "someone nominated the person",
        "eligibility and balance",
    ),
)
"""What conditions may ask about the way in."""


class EligibilityRule(Promise):
    """A rule that prints its own sentences."""

    key: Key = Field(description="stable name")
    rule: ConditionPhrase = Field(description="condition over facts")
    passes: ShownText = Field(description="sentence when it holds, also printed on the public page")
    fails: ShownText = Field(description="sentence when it does not; says what to do")
    otherwise: Outcome = Field("a person decides", description="outcome when false")
    unknown: Outcome = Field(
        "a person decides", description="outcome when a fact is missing at sending"
    )

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """It asks for facts that exist."""
        yield from whole.asks(self.rule.paths(), at=("rule",))


BY_OTHERS = frozenset({"nomination", "reference"})
"""Kinds of stages whose forms somebody else fills in."""


class Stage(Table):
    """A step on the way into the program."""

    key: Key = Field(description="stable name")
    kind: Literal[
        "information session",
        "nomination",
        "form",
        "video",
        "interview",
        "task",
        "reference",
        "review",
        "decision",
        "notice",
        "acceptance",
    ] = Field(
        description="what happens; the form of a nomination or a reference is filled in by others"
    )
    title: ShownText = Field(description="heading")
    opens: MomentPhrase | None = Field(None, description="moment")
    closes: MomentPhrase | None = Field(None, description="moment; a closed day moves forward")
    priority: MomentPhrase | None = Field(None, description="early date with a promise")
    close_time: Clock = Field("23:59", description="on that day, in the host's zone")
    grace: AmountPhrase | None = Field(None, description="silently accepted lateness")
    form: FormKey | None = Field(None, description="what is filled in")
    rubric: Annotated[Key, Names("rubric")] | None = Field(None, description="what it is scored by")
    minutes: Number | None = Field(None, description="honest time")
    by: tuple[RoleKey, ...] = Field((), description="roles that act")
    count: Number | None = Field(None, description="how many are asked for (references)")
    panel: Number | None = Field(None, description="people who hear together")
    readers: Number | None = Field(None, description="people who read apart")
    account: YesNo = Field(True, description="false = by personal link")
    advance: Literal["everyone", "eligible", "a person decides"] = Field(
        "a person decides", description="who goes on"
    )
    advance_about: Number | None = Field(None, description="expected number, for planning")
    parts: tuple[Stage, ...] = Field((), description="steps within the stage; their minutes add up")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Its parts take as long as it takes."""
        planned = sum(part.minutes or 0 for part in self.parts)
        if self.parts and self.minutes is not None and planned != self.minutes:
            yield Complaint(f"parts of {self.minutes} minutes together", f"{planned}", ("parts",))

    def dated(self) -> Iterator[Dated]:
        """Deadlines: on a closed day they move forward."""
        for name, says, time in (
            ("opens", _("%(title)s opens"), ""),
            ("priority", _("%(title)s priority date"), ""),
            ("closes", _("%(title)s closes"), self.close_time),
        ):
            if (moment := getattr(self, name)) is not None:
                yield Dated(
                    title=self.title,
                    begins=moment,
                    names=(f"stage.{self.key}.{name}",),
                    is_deadline=True,
                    time=time,
                    says=says,
                )

    def sentence(self) -> str:
        """Say what happens in it, how long it takes and when it closes."""
        details = [
            self.kind,
            f"{self.minutes} minutes" if self.minutes else "",
            f"{self.count} of them" if self.count else "",
            f"panel of {self.panel}" if self.panel else "",
            f"{self.readers} readers" if self.readers else "",
            "" if self.account else "no account needed",
        ]
        closes = f", closes {self.closes}" if self.closes else ""
        return f"{self.title} ({'; '.join(filter(None, details))}){closes}."


class ReviewSettings(Table):
    """How applications are read."""

    readers: Number = Field(3, description="per application")
    max_load: Number | None = Field(None, description="most applications for one reader")
    blind: YesNo = Field(False, description="names and districts hidden")
    own_first: YesNo = Field(True, description="others' scores only after one's own")
    discuss_at: Number = Field(2, description="points apart that send it to discussion")
    calibration: Number = Field(2, description="sample applications scored first")
    conflict_years: Number = Field(4, description="how long a former tie counts")
    conflicts: tuple[Text, ...] = Field(
        (
            "same district",
            "family",
            "business",
            "supervisor",
            "declared",
        ),
        description="kinds of ties that hide an application",
    )


class Balance(Table):
    """An aim of selection over facts of districts, never over protected traits of persons."""

    fact: ConditionPhrase = Field(
        description="a fact about a district or an answer, never about a person's protected traits; "
        "a condition counts the districts of which it is true, a fact alone counts each of its values"
    )
    aim: ShownText = Field(description="in words")
    min: Number | None = Field(None, description="at least")
    max: Number | None = Field(None, description="at most")
    strength: Literal["require", "prefer", "show"] = Field(
        "show", description="how hard: the proposal keeps what is required, and shows the rest"
    )

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """It asks for a fact that exists; none is about a protected trait."""
        yield from whole.asks(self.fact.paths(), at=("fact",))


class SelectionSettings(Table):
    """How the cohort is formed."""

    waitlist: Number = Field(0, description="ranked places behind the cohort")
    confirm_within: SpanPhrase = Field(parse_span("14 days"), description="how long an offer holds")
    sign_off: Number = Field(1, description="people who must agree")
    balance: tuple[Balance, ...] = Field((), description="aims over district facts")
    feedback: YesNo = Field(True, description="write to those declined")
    reapply: YesNo = Field(True, description="fill the next form from this one")
    on_decline: Literal["offer to next", "a person decides"] = Field(
        "offer to next", description="what happens to the place"
    )
    keep_declined: SpanPhrase = Field(
        parse_span("1 year"), description="then purge, keeping counts"
    )


class AdmissionsSection(Table):
    """Who may join, in which steps, and how places are given."""

    who: ShownText = Field("", description="one sentence for the public page")
    enroll: Literal["application", "agreement", "sign-up", "invitation"] = Field(
        "application",
        description="how places are taken: people apply; districts sign an agreement; people sign "
        "up; or nobody applies, and who is invited or nominated accepts",
    )
    eligibility: tuple[EligibilityRule, ...] = Field((), description="rules, in order")
    stages: Annotated[tuple[Stage, ...], Defines("stage")] = Field((), description="in order")
    review: ReviewSettings = Field(ReviewSettings(), description="how reading works")
    selection: SelectionSettings = Field(
        SelectionSettings(), description="how the cohort is formed"
    )
    extensions: Literal["none", "all or one, with a reason"] = Field(
        "all or one, with a reason", description="whether deadlines may move"
    )
    onboarding: tuple[Task, ...] = Field((), description="what a new holder is asked for")

    @property
    def is_by_invitation(self) -> bool:
        """Whether nobody applies."""
        return self.enroll == "invitation"

    @property
    def asks(self) -> Stage | None:
        """Return the stage whose form people fill in who would like to join, if anybody may."""
        if self.is_by_invitation:
            return None
        own = (stage for stage in self.stages if stage.kind not in BY_OTHERS)
        return next((stage for stage in own if stage.form), None)

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say who can apply, in which stages, and how places are given."""
        if self.is_by_invitation:
            yield "Nobody applies: places are given by invitation."
        who = "Who can take part" if self.is_by_invitation else "Who can apply"
        for rule in self.eligibility:
            yield f"{who}: {rule.passes} Otherwise: {rule.otherwise}."
        for stage in self.stages:
            yield f"Stage: {stage.sentence()}"
            for part in stage.parts:
                yield f"  with {part.sentence()}"
        if any(stage.rubric for stage in self.stages):
            yield (
                f"Each application is read by {self.review.readers}; scores "
                f"{self.review.discuss_at} apart are discussed; an offer is held "
                f"{self.selection.confirm_within}; {self.selection.waitlist} wait."
            )

    def blanks(self, speech: Speech) -> Iterator[str]:
        """Who can apply, when each stage opens and closes, and how applications are read."""
        who = "Who can take part" if self.is_by_invitation else "Who can apply"
        for number in range(len(self.eligibility)):
            at = f"eligibility.{number}"
            yield (
                f"{who}: [[{at}.passes]] Of others, "
                f"[[{at}.otherwise|nobody is eligible|a person decides]]."
            )
        for number, stage in enumerate(self.stages):
            at = f"stages.{number}"
            yield f"{stage.title} opens [[{at}.opens]] and closes [[{at}.closes]] at [[{at}.close_time]]."
        if any(stage.rubric for stage in self.stages):
            yield (
                "Each application has [[review.readers]] readers. Where their scores are "
                "[[review.discuss_at]] points apart, they talk."
            )
            yield (
                "The selection is signed by [[selection.sign_off]] people. An offer holds for "
                "[[selection.confirm_within]]; [[selection.waitlist]] applicants wait behind it."
            )
