from datetime import date

import pytest

from tests.conftest import TwoNetworks
from tests.factories.meetings import make_occasion
from tests.factories.people import NOW, make_person, root_of
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.todo import ToDo
from throughline.meetings.actions import close_commitment, commit
from throughline.meetings.enums import CommitmentState, OccasionKind
from throughline.meetings.models import Commitment
from throughline.meetings.queries import todo_items
from throughline.people.enums import ScopeKind
from throughline.people.models import Person, Scope

DUE = date(2027, 1, 22)


def test_who_was_invited_promises_and_closes_once(two_networks: TwoNetworks) -> None:
    root, person = root_of(two_networks.ours), make_person(two_networks.ours)
    occasion = make_occasion(root, invited=(person,))

    promised = commit(
        root, words=" Send the counts ", owner=person, due_on=DUE, by=person, now=NOW,
        occasion=occasion,
    )  # fmt: skip
    close_commitment(promised, outcome="Sent.", by=person, now=NOW)

    assert (promised.words, promised.state, promised.closed_at, promised.outcome) == (
        "Send the counts", CommitmentState.DONE, NOW, "Sent.",
    )  # fmt: skip
    with pytest.raises(WrongState, match="closed already"):
        close_commitment(promised, by=person, now=NOW)


def test_a_stranger_neither_promises_nor_closes(two_networks: TwoNetworks) -> None:
    root, stranger = root_of(two_networks.ours), make_person(two_networks.ours)
    owner = make_person(two_networks.ours)
    promised = commit(root, words="Call", owner=owner, due_on=DUE, by=None, now=NOW)

    with pytest.raises(NotAllowed):
        commit(root, words="Call", owner=stranger, due_on=DUE, by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        close_commitment(promised, by=stranger, now=NOW)


def test_an_empty_promise_is_refused(two_networks: TwoNetworks) -> None:
    with pytest.raises(BadInput, match="Say what will be done"):
        commit(
            root_of(two_networks.ours), words="  ", owner=two_networks.our_director, due_on=DUE,
            by=None, now=NOW,
        )  # fmt: skip


def test_staff_read_promises_of_meetings_but_not_of_coaching(two_networks: TwoNetworks) -> None:
    owner = make_person(two_networks.ours)
    group = Scope.objects.below(
        root_of(two_networks.ours), kind=ScopeKind.GROUP, label="Two people"
    )
    shared, kept = (
        commit(
            group, words="Ask", owner=owner, due_on=DUE, by=None, now=NOW,
            occasion=make_occasion(group, kind=kind),
        )
        for kind in (OccasionKind.TEAM_MEETING, OccasionKind.COACHING)
    )  # fmt: skip

    def seen_by(person: Person) -> list[Commitment]:
        return list(Commitment.objects.visible_to(person).order_by("pk"))

    assert (seen_by(two_networks.our_director), seen_by(owner)) == ([shared], [shared, kept])


def test_what_is_owed_is_a_promise_and_an_answer(two_networks: TwoNetworks) -> None:
    root, person = root_of(two_networks.ours), make_person(two_networks.ours)
    occasion = make_occasion(root, invited=(person,))
    promised = commit(root, words="Send the counts", owner=person, due_on=DUE, by=None, now=NOW)

    assert todo_items(person, now=NOW) == [
        ToDo(
            "Send the counts", 10, DUE, f"/meetings/#commitment-{promised.ref}",
            "You promised this: Our Network",
        ),
        ToDo(
            "Say whether you come: Team meeting", 1, occasion.day,
            f"/meetings/#occasion-{occasion.ref}", "Our Network",
        ),
    ]  # fmt: skip
