"""Each reader gets a letter once: after a crash, after a second try, in two workers at once."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from tests.factories.messaging import make_message
from tests.factories.people import NOW, make_network, make_person, make_staff
from throughline.jobs.models import Job
from throughline.jobs.worker import run_due
from throughline.messaging import jobs
from throughline.messaging.actions.deliver_message import DeliveryDelayed, deliver_message
from throughline.messaging.actions.release_message import release_message, stop_message
from throughline.messaging.backend import EmlFiles
from throughline.messaging.enums import DeliveryState, MessageState
from throughline.messaging.mail import letter, send_urgent
from throughline.messaging.models import Delivery, Message
from throughline.messaging.wording import button, on_site
from throughline.people.models import Network

pytestmark = pytest.mark.django_db
HOUR = NOW + timedelta(hours=18)
JOBS = {"messaging.deliver": jobs.deliver}


def make_released(network: Network | None = None, **rest) -> Message:
    message = make_message(network or make_network(), **rest)
    return release_message(message, by=None, now=NOW)


class BrokenServer(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError("password=hunter2")


class RefusingServer(BaseEmailBackend):
    """A mail server that knows none of the addresses."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")})


def test_every_reader_gets_her_own_letter():
    network = make_network()
    readers = [make_person(network, full_name=f"Reader {letter}") for letter in "AB"]
    message = make_released(network, to=readers)

    run_due(JOBS, now=NOW)

    assert [(letter.to, letter.body.splitlines()[0]) for letter in mail.outbox] == [
        ([readers[0].address], "Dear Reader A,"),
        ([readers[1].address], "Dear Reader B,"),
    ]
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert set(Delivery.objects.values_list("state", "sent_at")) == {(DeliveryState.SENT, NOW)}


def test_a_letter_is_plain_text_with_a_simple_html_part_and_one_button():
    make_released()

    run_due(JOBS, now=NOW)

    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    assert "Answer: https://network.example/answer" in letter.body
    [(content, kind)] = letter.alternatives
    html = str(content)
    assert kind == "text/html"
    assert html.count('<a class="btn" href="https://network.example/answer">Answer</a>') == 1
    assert "<img" not in html
    assert "http" not in html.replace("https://network.example/answer", "")


def test_a_held_letter_leads_to_where_the_site_is_on_the_day_it_goes(settings):
    body = f"Your place:\n\n{button('Open it', on_site('/teams/7/'))}"
    settings.SITE_URL = "http://127.0.0.1:8000"
    message = make_message(make_network(), body=body)
    settings.SITE_URL = "http://127.0.0.1:8137"

    release_message(message, by=None, now=NOW)
    run_due(JOBS, now=NOW)

    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    assert letter.body.splitlines()[-1] == "Open it: http://127.0.0.1:8137/teams/7/"
    [(html, _kind)] = letter.alternatives
    assert '<a class="btn" href="http://127.0.0.1:8137/teams/7/">Open it</a>' in str(html)


def test_delivering_twice_sends_once():
    message = make_released()
    deliver_message(message, now=NOW)

    again = deliver_message(message, now=NOW)

    assert dict(again) == {}
    assert len(mail.outbox) == 1


def test_a_letter_claimed_by_another_worker_is_left_alone_and_asked_for_again():
    message = make_released()
    Delivery.objects.update(lease_until=NOW + timedelta(minutes=1))

    with pytest.raises(DeliveryDelayed):
        deliver_message(message, now=NOW)
    assert mail.outbox == []

    deliver_message(message, now=NOW + timedelta(minutes=1))
    assert len(mail.outbox) == 1


def test_a_second_try_carries_the_same_message_id():
    message = make_released()
    deliver_message(message, now=NOW)
    Delivery.objects.update(state=DeliveryState.QUEUED, sent_at=None)
    Message.objects.update(state=MessageState.RELEASING)

    deliver_message(message, now=NOW)

    first, second = (letter.extra_headers["Message-ID"] for letter in mail.outbox)
    assert first == second


def test_a_server_that_cannot_be_reached_delays_and_the_job_tries_again(settings):
    message = make_released()
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.BrokenServer"

    run_due(JOBS, now=NOW)

    assert list(Delivery.objects.values_list("state", "reason")) == [
        (DeliveryState.DELAYED, "ConnectionRefusedError")
    ]
    job = Job.objects.get()
    assert "hunter2" not in job.last_error

    settings.EMAIL_BACKEND = backend
    run_due(JOBS, now=job.run_at)

    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_refused_address_is_reported_and_not_tried_again(settings):
    message = make_released()
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"

    deliver_message(message, now=NOW)

    assert Delivery.objects.get().state == DeliveryState.REFUSED
    assert message.state == MessageState.SENT


def test_a_person_without_an_address_is_skipped():
    network = make_network()
    make_released(network, to=[make_person(network, email="")])

    run_due(JOBS, now=NOW)

    assert list(Delivery.objects.values_list("state", "reason")) == [
        (DeliveryState.SKIPPED, "no address")
    ]
    assert mail.outbox == []


def test_a_held_message_goes_at_its_hour_and_not_before():
    message = make_released(hold_until=HOUR)

    run_due(JOBS, now=HOUR - timedelta(minutes=1))
    assert mail.outbox == []

    run_due(JOBS, now=HOUR)
    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_stopped_message_does_not_go_at_its_hour():
    director = make_staff()
    message = make_message(director.network, hold_until=HOUR)
    release_message(message, by=director, now=NOW)
    stop_message(message, by=director, now=NOW)

    run_due(JOBS, now=HOUR)

    assert mail.outbox == []


def test_news_comes_once_a_day_and_service_mail_is_not_counted():
    network = make_network()
    person = make_person(network)
    for kind in ("news", "service", "news", "action"):
        make_released(network, to=[person], kind=kind, subject=f"Some {kind}")

    run_due(JOBS, now=NOW)
    assert [letter.subject for letter in mail.outbox] == [
        "Some news",
        "Some service",
        "Some action",
    ]

    run_due(JOBS, now=NOW + timedelta(hours=8))
    assert len(mail.outbox) == 3

    run_due(JOBS, now=NOW + timedelta(hours=24))
    assert [letter.subject for letter in mail.outbox[3:]] == ["Some news"]
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


def test_everything_due_can_be_delivered_in_one_go():
    make_released()
    make_released(hold_until=HOUR)

    assert jobs.deliver_due(now=NOW) == 1
    assert jobs.deliver_due(now=NOW) == 0
    assert len(mail.outbox) == 1


def test_a_job_for_a_message_that_is_gone_does_nothing():
    jobs.deliver(now=NOW, message="0000000000")

    assert mail.outbox == []


def test_a_sign_in_code_does_not_wait_for_the_outbox():
    make_released()

    send_urgent("someone@district.example", "Your code", "Your code is 123456.")

    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["someone@district.example"], "Your code")
    ]


def test_without_a_mail_server_letters_are_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "throughline.messaging.backend.EmlFiles"
    settings.MAIL_FOLDER = tmp_path / "mail"
    message = make_released()

    deliver_message(message, now=NOW)
    deliver_message(message, now=NOW)

    [file] = Path(settings.MAIL_FOLDER).iterdir()
    assert file.suffix == ".eml"
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letter["Subject"] == "A seat for your district"
    assert letter["To"] == Delivery.objects.get().address
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Dear Person" in body.get_content()


def test_the_same_letter_is_the_same_bytes_and_says_when_it_was_written(settings, tmp_path):
    written = []
    for folder in ("first", "again"):
        settings.MAIL_FOLDER = tmp_path / folder
        mail = letter(
            to="someone@district.example", subject="A seat", body="For you.", message_id="a.b"
        )
        EmlFiles().send_messages([mail])
        written.append((tmp_path / folder / "a.b.eml").read_bytes())

    assert written[0] == written[1]
    assert message_from_bytes(written[0], policy=policy.default)["Date"].datetime == NOW


@pytest.mark.parametrize("number", [1, 4])
def test_one_more_reader_costs_two_statements(number, django_assert_num_queries):
    network = make_network()
    message = make_released(network, to=[make_person(network) for _ in range(number)])

    with django_assert_num_queries(6 + 2 * number):
        deliver_message(message, now=NOW)

    assert settings.EMAIL_BACKEND.endswith("locmem.EmailBackend")
