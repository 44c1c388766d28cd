"""Open the call for applications that a cohort's blueprint describes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from throughline.admissions.blueprint import Stage
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.models import Call, ReviewPhase
from throughline.audit import trail
from throughline.forms.actions.sync_form import sync_form
from throughline.forms.actions.sync_rubric import sync_rubric
from throughline.forms.blueprint import FormsSection, RubricsSection
from throughline.forms.models import Rubric
from throughline.people.models import Person
from throughline.programs.models import Cohort
from throughline.programs.sections import as_written, in_languages


def open_call(cohort: Cohort, by: Person | None, now: datetime) -> None:
    """Open the call when a cohort is opened (hears ``programs.COHORT_OPENED``)."""
    make_call(cohort, by=by, now=now)


@transaction.atomic
def make_call(cohort: Cohort, *, by: Person | None, now: datetime) -> Call | None:
    """Return the call of this cohort, made from its blueprint; nothing if nobody applies.

    Calling it again returns the first one.
    """
    known = Call.objects.filter(cohort=cohort).first()
    if known is not None:
        return known
    fields = planned_call(cohort, now)
    if fields is None:
        return None
    call = Call.objects.create(
        network_id=cohort.network_id, cohort=cohort, label=cohort.label, **fields
    )
    reads = next((one for one in admissions_of(cohort.version).stages if one.rubric), None)
    if reads is not None and call.rubric is not None:
        _phase(call, reads, call.rubric, _Dates(cohort))
    trail.record(by, "opened", call, now=now, scope=cohort.scope_id)
    return call


def planned_call(cohort: Cohort, now: datetime) -> dict[str, Any] | None:
    """Return what the call of this cohort is by its version and calendar; nothing if nobody applies."""
    admissions = admissions_of(cohort.version)
    stages, asks = admissions.stages, admissions.asks
    if asks is None or asks.form is None:
        return None
    form = as_written(cohort.version, "forms", FormsSection).root[asks.form]
    forms = in_languages(cohort.version, "forms", FormsSection)
    reads = next((stage for stage in stages if stage.rubric), None)
    dates = _Dates(cohort)
    return {
        "form_version": sync_form(
            cohort.network,
            asks.form,
            form,
            now=now,
            translated={language: one.root[asks.form] for language, one in forms.items()},
        ),
        "rubric": _rubric(cohort, reads, now),
        "stages": [stage.key for stage in stages],
        "opens_at": dates.moment(asks, "opens", time(0)) or now,
        "priority_at": dates.moment(asks, "priority", time(23, 59)),
        "closes_at": dates.moment(asks, "closes", time.fromisoformat(asks.close_time))
        or dates.start(),
        "grace_minutes": (asks.grace.minutes or 0) if asks.grace else 0,
        "zone": cohort.zone,
    }


def planned_days(cohort: Cohort) -> dict[str, dict[str, datetime | None]]:
    """Return when each stage of reading begins and ends, by its key."""
    dates = _Dates(cohort)
    return {
        stage.key: {
            "starts_at": dates.moment(stage, "opens", time(0)),
            "ends_at": dates.moment(stage, "closes", time(23, 59)),
        }
        for stage in admissions_of(cohort.version).stages
        if stage.rubric
    }


def _rubric(cohort: Cohort, reads: Stage | None, now: datetime) -> Rubric | None:
    if reads is None or reads.rubric is None:
        return None
    rubrics = as_written(cohort.version, "rubrics", RubricsSection).root
    return sync_rubric(cohort.network, reads.rubric, rubrics[reads.rubric], now=now)


def _phase(call: Call, reads: Stage, rubric: Rubric, dates: _Dates) -> ReviewPhase:
    review = admissions_of(call.cohort.version).review
    return ReviewPhase.objects.create(
        network_id=call.network_id,
        call=call,
        position=1,
        stage=reads.key,
        rubric=rubric,
        starts_at=dates.moment(reads, "opens", time(0)),
        ends_at=dates.moment(reads, "closes", time(23, 59)),
        sees_others="after_own" if review.own_first else "always",
        reviews_wanted=reads.readers or review.readers,
        discuss_at=review.discuss_at,
        conflict_years=review.conflict_years,
        comment_at_extremes=rubric.comment == "extremes",
    )


class _Dates:
    """Moments of a cohort's stages, from its calendar."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort = cohort
        self.zone = ZoneInfo(cohort.zone)
        self.days: dict[str, date] = {item.key: item.on for item in cohort.calendar.all()}

    def moment(self, stage: Stage, what: str, at: time) -> datetime | None:
        """Return when a stage opens or closes, in the zone of the cohort."""
        day = self.days.get(f"stage.{stage.key}.{what}")
        return datetime.combine(day, at, tzinfo=self.zone) if day else None

    def start(self) -> datetime:
        return datetime.combine(self.cohort.starts_on, time(0), tzinfo=self.zone)
