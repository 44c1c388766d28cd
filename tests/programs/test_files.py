"""A program leaves as one signed file and arrives at another network, which sees only that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.conftest import TwoNetworks
from tests.factories.people import make_staff
from tests.factories.programs import blueprint_text, make_cohort, make_version
from throughline.composition.sections import load
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.models import Cohort, Program
from throughline.programs.signing import fingerprint_of, signature_of, signed, unsigned

AsPerson = Callable[[Person | None], Client]


def sent(client: Client, text: str, **more: str) -> HttpResponse:
    file = SimpleUploadedFile("program.toml", text.encode())
    return client.post(reverse("programs:arrive"), {"source": file, **more})  # type: ignore[return-value]


@pytest.mark.requirement("NEWS-27")
def test_a_second_network_plays_the_file_and_sees_nothing_of_the_first(
    two_networks: TwoNetworks, as_person: AsPerson
):
    cohort = make_cohort(two_networks.ours, label="Our first cohort")
    ours, theirs = as_person(two_networks.our_director), as_person(two_networks.their_director)
    url = reverse("programs:export", args=[cohort.program.ref, 1])

    file = ours.get(url).content.decode()
    shown = sent(theirs, file)
    taken = theirs.post(reverse("programs:arrive"), {"text": file, "take": "1"})
    opened = theirs.post(
        reverse("programs:open"),
        {"program": "reln", "starts_on": "2027-09-06", "label": "Their first cohort"},
    )

    assert "Signed in the name of Our Network" in shown.content.decode()
    assert fingerprint_of(two_networks.ours) in shown.content.decode()
    assert (taken.status_code, opened.status_code) == (302, 302)
    theirs_now = Cohort.objects.get(network=two_networks.theirs)
    assert theirs_now.version.sha256 == cohort.version.sha256
    assert "Our first cohort" not in theirs.get(reverse("programs:cohorts")).text
    assert theirs.get(url).status_code == 404


def test_a_file_changed_after_it_was_signed_is_refused(
    two_networks: TwoNetworks, as_person: AsPerson
):
    version = make_version(two_networks.ours)
    file = signed(version.source, version.sha256, two_networks.ours)

    answer = sent(as_person(two_networks.their_director), file.replace("max = 7", "max = 8"))

    assert answer.status_code == 422
    assert "changed after it was signed" in answer.content.decode()
    assert not Program.objects.filter(network=two_networks.theirs).exists()


@pytest.mark.django_db
def test_layout_and_comments_may_change_and_the_signature_holds(two_networks: TwoNetworks):
    version = make_version(two_networks.ours)
    file = signed(version.source, version.sha256, two_networks.ours)
    tidied = "# read by us\n" + file.replace("\n\n[", "\n\n\n[").replace("\n", "\r\n")

    signature = signature_of(tidied, load(tidied.replace("\r\n", "\n")).sha256)

    assert signature is not None
    assert (signature.by, signature.holds) == ("Our Network", True)
    assert load(unsigned(file)).sha256 == version.sha256
    assert signed(file, version.sha256, two_networks.ours) == file


@pytest.mark.parametrize(
    "damage",
    [("# key: ", "# key: !"), ("# signature: ", "# signature: AAAA"), ("# key: ", "# key: é")],
)
def test_a_damaged_signature_does_not_hold(two_networks: TwoNetworks, damage: tuple[str, str]):
    version = make_version(two_networks.ours)
    file = signed(version.source, version.sha256, two_networks.ours).replace(*damage)

    signature = signature_of(file, version.sha256)

    assert signature is not None
    assert not signature.holds


def test_two_networks_of_one_installation_have_two_keys(two_networks: TwoNetworks):
    assert fingerprint_of(two_networks.ours) != fingerprint_of(two_networks.theirs)
    assert fingerprint_of(two_networks.ours) == fingerprint_of(two_networks.ours)


def test_an_unsigned_file_is_read_with_a_warning(two_networks: TwoNetworks, as_person: AsPerson):
    shown = sent(as_person(two_networks.our_director), blueprint_text("news"))

    assert shown.status_code == 200
    assert "Nobody signed this file" in shown.content.decode()
    assert not Program.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Choose a file."),
        ("[blueprint]\nkey = 1", "The file has faults."),
        ("not = [", "something else"),
    ],
)
def test_a_file_that_is_no_program_is_refused_in_words(
    two_networks: TwoNetworks, as_person: AsPerson, text: str, sentence: str
):
    answer = sent(as_person(two_networks.our_director), text)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_file_that_is_no_text_is_refused(two_networks: TwoNetworks, as_person: AsPerson):
    file = SimpleUploadedFile("program.toml", b"\xff\xfe\x00")

    answer = as_person(two_networks.our_director).post(reverse("programs:arrive"), {"source": file})

    assert answer.status_code == 422
    assert "This file is no text." in answer.content.decode()


def test_a_known_version_with_other_contents_is_refused_with_its_day(
    two_networks: TwoNetworks, as_person: AsPerson
):
    make_version(two_networks.ours)
    other = blueprint_text().replace("waitlist = 6", "waitlist = 5")

    client = as_person(two_networks.our_director)
    answer = client.post(reverse("programs:arrive"), {"text": other, "take": "1"})

    assert answer.status_code == 422
    assert "Version 1 was published with other contents on Tue, Nov 24" in answer.text


def test_only_directors_send_and_take_in(two_networks: TwoNetworks, as_person: AsPerson):
    version = make_version(two_networks.ours)
    coordinator = as_person(make_staff(two_networks.ours, role=Role.COORDINATOR))

    assert coordinator.get(reverse("programs:arrive")).status_code == 404
    export = reverse("programs:export", args=[version.program.ref, 1])
    assert as_person(two_networks.their_director).get(export).status_code == 404
