"""Two sign, letters go out, an alternate follows whoever declines."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.core import mail
from django.test import Client

from tests.journeys.thread import Thread, at, browser_of
from throughline.admissions.actions.answer_offer import answer_offer
from throughline.admissions.models import Application, Decision
from throughline.core import clock
from throughline.messaging.jobs import deliver_due


def decide(thread: Thread, ours: Application, away: Application, when: datetime) -> None:
    """Propose, adopt, sign twice, release; ours accepts, one declines, an alternate follows."""
    stage, call = thread.stage, thread.call
    director, second = thread.browser(stage.director), thread.browser(stage.second)
    path = f"/admissions/calls/{call.ref}"
    with at(when):
        director.post(f"{path}/selection/propose/")
        shown = thread.opened("selection", director, f"{path}/selection/")
        thread.counts["chosen"] = len(shown.context["selection"].seats)
        thread.counts["alternates"] = len(shown.context["selection"].waitlist)
        director.post(f"{path}/selection/adopt/")
        director.post(f"{path}/decisions/sign/", marked(director, path))
        release = {"has_read": "on", "once": str(uuid4())}
        thread.saw("release with one signature", director.post(f"{path}/decisions/", release))
        thread.saw("applicant before release", browser_of(thread, ours).get(answer_path(ours)))
        second.post(f"{path}/decisions/sign/", marked(second, path))
    with at(when + timedelta(days=1)):
        mail.outbox.clear()
        thread.saw("outbox before release", director.get("/messages/"))
        thread.saw("release unread", director.post(f"{path}/decisions/", {"once": str(uuid4())}))
        release = {"has_read": "on", "once": str(uuid4())}
        thread.saw("release", director.post(f"{path}/decisions/", release, follow=True))
        thread.counts["mailed before the job"] = len(mail.outbox)
        deliver_due(now=clock.now())
        keep_letters(thread)
    answer_offers(thread, ours, away, when + timedelta(days=3))


def keep_letters(thread: Thread) -> None:
    """Read the mail that went out."""
    for letter in mail.outbox:
        for address in letter.to:
            thread.letters[address] = f"{letter.subject}\n{letter.body}"


def answer_path(application: Application) -> str:
    """Where a decision is read and answered."""
    return f"/admissions/applications/{application.ref}/answer/"


def answer_offers(thread: Thread, ours: Application, away: Application, begun: datetime) -> None:
    """Ours takes the seat; another declines; Omaha is promoted and takes it."""
    with at(begun):
        thread.saw("offer", browser_of(thread, ours).get(answer_path(ours)))
        thread.saw("alternate", browser_of(thread, away).get(answer_path(away)))
        accept = {"answer": "accept", "once": str(uuid4())}
        client = browser_of(thread, ours)
        thread.saw("accepted", client.post(answer_path(ours), accept, follow=True))
        thread.saw("accepted twice", client.post(answer_path(ours), accept, follow=True))
        *others, last = open_offers(thread)
        for decision in others:
            lead = decision.application.lead
            assert lead is not None
            answer_offer(decision, accept=True, by=lead, now=clock.now())
        decliner = browser_of(thread, last.application)
        declined = {"answer": "decline", "once": str(uuid4())}
        thread.saw("declined", decliner.post(answer_path(last.application), declined, follow=True))
    with at(begun + timedelta(days=2)):
        mail.outbox.clear()
        deliver_due(now=clock.now())
        keep_letters(thread)
        client = browser_of(thread, away)
        thread.saw("promoted", client.get(answer_path(away)))
        accept = {"answer": "accept", "once": str(uuid4())}
        thread.saw("followed", client.post(answer_path(away), accept, follow=True))
        cohort = f"/programs/cohorts/{thread.stage.cohort.ref}/"
        thread.saw("seats", thread.browser(thread.stage.director).get(cohort))


def open_offers(thread: Thread) -> list[Decision]:
    """Return offers that nobody has answered."""
    return list(
        Decision.objects.filter(
            application__call__cohort=thread.stage.cohort, outcome="offer", state="released"
        )
        .select_related("application__lead__network")
        .order_by("application__pk")
    )


def marked(reader: Client, path: str) -> dict[str, str]:
    """Return what the signing button of the page sends: which list it showed."""
    return {"list": reader.get(f"{path}/decisions/").context["mark"]}
