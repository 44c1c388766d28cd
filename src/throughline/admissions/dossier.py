"""What an application holds: its questions, answers and facts, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.admissions.eligibility import place_facts, title_facts, titles_of
from throughline.admissions.models import Application, Call
from throughline.forms.blueprint import CriterionSection, RubricsSection
from throughline.forms.enums import NOT_ASKED_HERE, FieldKind, SubmissionState
from throughline.forms.models import Criterion, Submission
from throughline.forms.queries import (
    Missing,
    Question,
    answers,
    missing_of,
    questions,
    shown_questions,
)
from throughline.forms.render import Surroundings, options_of
from throughline.forms.values import Options, count_words, is_empty, shown
from throughline.people.models import Place
from throughline.programs.models import CalendarItem, Cohort
from throughline.programs.sections import in_languages
from throughline.programs.words import reading, words_of
from throughline.teams.models import TeamMembership
from throughline.ui import spelling

TEAM_EXISTS, TEAM_MANDATE = "team-exists", "team-mandate"
"""Stable keys of the questions about a team that exists already."""

ANSWERS_FOR = {
    "need": ("disparities",),
    "commitment": ("vision", "commitment"),
    "readiness": ("readiness",),
    "team": ("roster", "team-exists", "team-mandate"),
    "voice": ("challenge-idea", "strategic-goals"),
    "attendance": ("dates",),
}
"""Which answers are read for a criterion, by their stable keys; others follow at the end."""

NOT_STARTED = gettext_lazy("Not started")
IN_PROGRESS = gettext_lazy("In progress")
DONE = gettext_lazy("Done")


@dataclass(frozen=True, slots=True)
class PartLine:
    """One section of the task list."""

    key: str
    title: str
    state: str
    tone: str
    hint: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer as its readers see it."""

    key: str
    ask: str
    text: str


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """What is judged, and by points what earns them, as a reader sees it."""

    label: str
    anchors: dict[int, str]


class Dossier:
    """An application opened for reading: a fixed number of queries, however long it is."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.call: Call = application.call
        self.cohort: Cohort = self.call.cohort
        self.version = self.cohort.version
        self.words = words_of(self.version)

    @cached_property
    def submission(self) -> Submission:
        part = self.application.parts.select_related("submission__form_version").get(
            stage=self.application.stage
        )
        return part.submission

    @cached_property
    def asked(self) -> list[Question]:
        return questions(self.submission.form_version)

    @cached_property
    def given(self) -> dict[str, Any]:
        return answers(self.submission)

    @cached_property
    def place(self) -> Place | None:
        return self.application.engagement.district.place

    @cached_property
    def roster(self) -> list[TeamMembership]:
        return list(self.application.team.memberships.live())

    @cached_property
    def dates(self) -> dict[str, Options]:
        """What there is to confirm, by the series that a question names."""
        wanted = {
            one.wording.settings.get("of", "")
            for one in self.asked
            if one.wording.kind == FieldKind.CONFIRM_DATES
        }
        return {of: dates_of(self.cohort, of) for of in sorted(wanted)}

    @cached_property
    def around(self) -> Surroundings:
        lists = {"list.titles": titles_of(self.version), "titles": titles_of(self.version)}
        return Surroundings(lists=lists, dates=self.dates, words=self.words.fill)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What conditions and rules may ask about this application."""
        title = next((self.given.get(one.key) for one in self.asked if one.key == "title"), None)
        return {
            **place_facts(self.version, self.place),
            **title_facts(self.version, title),
            **self._attested(),
            "roster.count": len(self.roster),
        }

    def _attested(self) -> dict[str, bool | None]:
        found: dict[str, bool | None] = {}
        form = self.submission.form_version.form.key
        for one in self.asked:
            name, value = f"attests.{form}.{one.key}", self.given.get(one.key)
            if one.wording.kind == FieldKind.ATTEST:
                found[name] = None if value is None else value is True
            elif one.wording.kind == FieldKind.CONFIRM_DATES:
                wanted = {key for key, _label in self.dates[one.wording.settings.get("of", "")]}
                found[name] = None if value is None else wanted <= set(value)
        return found

    @property
    def shown(self) -> list[Question]:
        return shown_questions(self.asked, self.given, self.facts)

    @property
    def elsewhere(self) -> dict[str, str]:
        """What the roster lacks, for the question that stands for it."""
        return {
            one.key: "" if self.roster else _("Name the people of your team.")
            for one in self.asked
            if one.wording.kind == FieldKind.ROSTER
        }

    @cached_property
    def missing(self) -> list[Missing]:
        found = missing_of(self.asked, self.given, self.facts, elsewhere=self.elsewhere)
        return [replace(one, sentence=self.words.fill(one.sentence)) for one in found]

    def of_part(self, part: str) -> list[Question]:
        """Return the questions that are shown on one page."""
        return [one for one in self.shown if one.part == part]

    @property
    def parts(self) -> list[PartLine]:
        """Return the sections that ask something, each with its state in words."""
        lines = []
        lacking = {one.part for one in self.missing}
        for key, title in self.submission.form_version.parts:
            asked = [one for one in self.of_part(key) if is_asked(one)]
            if asked:
                lines.append(self._line(key, self.words.fill(title), asked, key in lacking))
        return lines

    def _line(self, key: str, title: str, asked: Sequence[Question], is_lacking: bool) -> PartLine:
        given = [one for one in asked if self._is_given(one)]
        hint = self._hint(asked, given)
        if not given:
            return PartLine(key, title, str(NOT_STARTED), "", hint, is_done=False)
        if is_lacking:
            return PartLine(key, title, str(IN_PROGRESS), "info", hint, is_done=False)
        return PartLine(key, title, str(DONE), "ok", hint, is_done=True)

    def _hint(self, asked: Sequence[Question], given: Sequence[Question]) -> str:
        """Say how much of a section is there: answers, words, names."""
        count = {"given": len(given), "all": len(asked)}
        if not given:
            return ngettext("%(all)d question", "%(all)d questions", len(asked)) % count
        said = [_("%(given)d of %(all)d answered") % count]
        values = (
            self.given.get(one.key) for one in given if one.wording.kind == FieldKind.LONG_TEXT
        )
        if words := sum(count_words(value) for value in values):
            said.append(ngettext("%(n)d word", "%(n)d words", words) % {"n": words})
        if any(one.wording.kind == FieldKind.ROSTER for one in given):
            names = len(self.roster)
            said.append(ngettext("%(n)d name", "%(n)d names", names) % {"n": names})
        return " · ".join(said)

    def _is_given(self, one: Question) -> bool:
        if one.wording.kind == FieldKind.ROSTER:
            return bool(self.roster)
        return not is_empty(one.wording.kind, self.given.get(one.key))

    @property
    def is_draft(self) -> bool:
        return self.submission.state == SubmissionState.DRAFT

    def line(self, one: Question) -> AnswerLine:
        """Return an answer as readers see it."""
        value, kind = self.given.get(one.key), one.wording.kind
        if kind == FieldKind.ROSTER:
            text = "; ".join(
                ", ".join(word for word in (member.full_name, member.title) if word)
                for member in self.roster
            )
        elif kind == FieldKind.DISTRICT:
            text = str(self.application.engagement)
        else:
            text = shown(kind, value, options=options_of(one, self.around))
        return AnswerLine(one.key, self.words.fill(one.wording.ask), text)

    def looked_for(self, part: str) -> list[tuple[str, str]]:
        """Return what readers judge on one page, each with the words of the highest level."""
        rubric = self.call.rubric
        criteria = list(rubric.criteria.prefetch_related("levels")) if rubric else []
        keys = {one.key for one in self.of_part(part)}
        if any(one.key in ANSWERS_FOR for one in criteria):
            criteria = [one for one in criteria if keys & set(ANSWERS_FOR.get(one.key, ()))]
        said = [self.judged(one) for one in criteria]
        return [(one.label, one.anchors[max(one.anchors)] if one.anchors else "") for one in said]

    def judged(self, criterion: Criterion) -> JudgedBy:
        """Return a criterion as its reader's language has it, or as it was stored."""
        stored = {level.points: level.anchor for level in criterion.levels.all()}
        said = self._criteria_said.get(criterion.key)
        if said is None or criterion.rubric_id != self.call.rubric_id:
            return JudgedBy(criterion.label, stored)
        return JudgedBy(
            said.ask, {**stored, **dict(zip(sorted(stored), said.levels, strict=False))}
        )

    @cached_property
    def _criteria_said(self) -> dict[str, CriterionSection]:
        """Return the criteria of the file in the reader's language, where it has them."""
        rubric = self.call.rubric.key if self.call.rubric else ""
        own = in_languages(self.version, "rubrics", RubricsSection).get(reading())
        if own is None or rubric not in own:
            return {}
        return {one.key: one for one in own[rubric].criteria}

    def lines(self, part: str) -> list[AnswerLine]:
        """Return what readers see of one part, with gaps named."""
        return [self.line(one) for one in self.of_part(part) if is_asked(one)]


def is_asked(one: Question) -> bool:
    """Whether this question can be answered on our pages: not files, nothing that is kept apart."""
    if one.wording.is_sealed:
        return False
    return one.wording.kind not in NOT_ASKED_HERE or one.wording.kind == FieldKind.ROSTER


def dates_of(cohort: Cohort, of: str) -> list[tuple[str, str]]:
    """Return key and days of each date of a series, such as ``convenings.series.network``."""
    name = of.rpartition(".")[2]
    items = cohort.calendar.filter(series__in=[of, f"series.{name}", name]).order_by("number")
    return [(item.key, days_of(item)) for item in items]


def days_of(item: CalendarItem) -> str:
    """Return "Feb 11–12, 2027"."""
    return spelling.days(item.on, item.on + (item.ends_on - item.computed_on))
