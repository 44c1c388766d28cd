"""What the committee reads: adjusted means, re-draws, the list on paper, and each application."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from django.test import Client

from tests.admissions.test_pages_host import queries, url, words
from tests.admissions.test_selection import run_of, small
from tests.factories.admissions import (
    CLOSED,
    LATER,
    Season,
    give,
    make_application,
    make_call,
    make_draft,
    make_readers,
    make_season,
)
from tests.factories.people import NOW, make_network, make_person, make_staff
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.propose_selection import change_selection, propose_selection
from throughline.admissions.models import Application, Call, Review
from throughline.admissions.selection import selection
from throughline.people.actions import add_affiliation
from throughline.people.enums import Role
from throughline.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]


def opened(as_person: As, who: Person, name: str, ref: str) -> str:
    page = as_person(who).get(url(name, ref))
    assert page.status_code == 200
    return words(page.content)


def a_strict_reader(seats: int = 1) -> Season:
    """Two readers of three applications; the first gives a point less and did not read the last."""
    network = make_network()
    call = make_call(network, source=small(seats, 1))
    director, second = make_staff(network), make_staff(network)
    sent = [make_application(call) for _place in range(3)]
    readers = make_readers(call, 3)
    assign_reviewers(call, by=director, now=CLOSED)
    for place, points in enumerate([(3, 4), (2, 3), (None, 3)]):
        for reader, given in zip(readers, points, strict=False):
            if given is not None:
                give(review_of(sent[place], reader), given)
    run = propose_selection(call, by=director, now=LATER)
    return Season(call, sent, readers, director, second, {"run": run})


def review_of(application: Application, reader: Person) -> Review:
    return Review.objects.get(assignment__application=application, assignment__reviewer=reader)


def make_member(call: Call) -> Person:
    return make_person(call.network, role=Role.COMMITTEE, scope=call.cohort.scope)


def test_adjusted_means_stand_beside_the_means_that_rank(as_person: As):
    season = a_strict_reader()
    first, second, third = season.applications

    shown = selection(season.director, run_of(season))
    page = opened(as_person, season.director, "selection", season.call.ref)

    found = {one.application: (one.exact, one.adjusted) for one in shown.rows}
    assert found == {
        first: (Fraction(7, 2), Fraction(18, 5)),
        second: (Fraction(5, 2), Fraction(13, 5)),
        third: (3, Fraction(13, 5)),
    }
    assert [one.application for one in shown.rows] == [first, third, second]
    assert "Ordered by the mean; equal means by arrival. Adjusted: the mean once" in page
    assert '<td class="num adjusted" data-l="Adjusted">3.60</td>' in page
    assert "under the same rules, the same districts would have the seats" in page


def test_the_page_says_who_would_change_if_adjusted_means_ranked(as_person: As):
    season = a_strict_reader(seats=2)
    run, (first, _second, third) = run_of(season), season.applications
    review = review_of(third, season.readers[1])
    Review.objects.filter(pk=review.pk).update(points=(review.points or 0) * 9 // 10)
    Application.objects.filter(pk=third.pk).update(points_sum=(review.points or 0) * 9 // 10)

    run = propose_selection(season.call, by=season.director, now=LATER)
    page = opened(as_person, season.director, "selection", season.call.ref)

    assert run.plan["seats"] == [first.ref, third.ref]
    second = season.applications[1].engagement
    assert f"it would be {second} instead of {third.engagement}." in page


def test_groups_of_readers_that_share_nothing_are_marked(as_person: As):
    season = a_strict_reader()
    apart = review_of(season.applications[2], season.readers[1])
    third = season.readers[2]
    Review.objects.filter(pk=review_of(season.applications[2], third).pk).delete()
    apart.assignment.__class__.objects.filter(
        application=season.applications[2], reviewer=third
    ).delete()
    apart.assignment.__class__.objects.filter(pk=apart.assignment_id).update(reviewer=third)

    propose_selection(season.call, by=season.director, now=LATER)
    page = opened(as_person, season.director, "selection", season.call.ref)

    assert "The readers fall into 2 groups that share no application." in page
    assert page.count('<span class="sub">group 2</span>') == 1
    assert "Ordered by the adjusted mean" not in page


def test_a_changed_review_takes_adjusted_means_and_draws_away_until_one_proposes_again(
    as_person: As,
):
    season = make_season(3, points=(4, 3, 3), source=small(2, 1), stage="proposed")
    own = list(Review.objects.filter(assignment__application=season.applications[1]))
    assert "In 100 re-draws" in opened(as_person, season.director, "selection", season.call.ref)

    for review, more in zip(own, (1, -1, 0), strict=True):
        Review.objects.filter(pk=review.pk).update(points=(review.points or 0) + more)
    page = opened(as_person, season.director, "selection", season.call.ref)

    assert "In 100 re-draws" not in page and "Adjusted" not in page
    assert "propose again to see them" in page


def test_a_coin_flip_says_how_scores_that_are_drawn_again_decide(as_person: As):
    season = make_season(3, points=(4, 3, 3), source=small(2, 1), stage="proposed")
    page = opened(as_person, season.director, "selection", season.call.ref)

    [flip] = selection(season.director, run_of(season)).flips
    (first, won), (second, rest) = flip.won

    assert won + rest == 100 and won >= rest
    assert (
        f"In 100 re-draws of the readers&#x27; scores, {first.application.engagement} won {won}"
        f" and {second.application.engagement} won {rest}." in page.replace("'", "&#x27;")
    )
    assert "100 times they came out equal again, and a coin decided." in page


def test_draws_hold_for_as_many_places_as_were_drawn_for():
    season = make_season(4, points=(4, 3, 3, 3), source=small(2, 1), stage="proposed")
    run, refs = run_of(season), [one.ref for one in season.applications]
    seated, waiting = run.plan["seats"][1], run.plan["waitlist"][0]

    change_selection(
        run, out=seated, into=waiting, reason="A state.", revision=0, by=season.director, now=LATER
    )
    [flip] = selection(season.director, run).flips
    assert flip.redraw is not None and flip.redraw.places == 1
    change_selection(
        run, out=refs[0], into=seated, reason="Two.", revision=1, by=season.director, now=LATER
    )

    assert [one.redraw for one in selection(season.director, run).flips] == [None]


def test_readers_far_apart_are_named_and_colored(as_person: As):
    season = a_strict_reader()
    review = review_of(season.applications[0], season.readers[0])
    Review.objects.filter(pk=review.pk).update(points=(review.points or 0) * 2 // 5)

    page = opened(as_person, season.director, "selection", season.call.ref)

    assert page.count("Readers differ by 2.8") == 1
    assert page.count('class="dotline apart"') == 1
    assert "Readers' means: 1.18, 4.00" in page.replace("&#x27;", "'")


def test_whoever_has_a_tie_sees_neither_adjusted_means_nor_draws(as_person: As):
    season = make_season(4, points=(4, 3, 3, 2), source=small(2, 1), stage="proposed")
    add_affiliation(
        season.second, season.applications[3].engagement.district, title="x", by=None, now=NOW
    )
    tied = Person.objects.get(pk=season.second.pk)

    for name in ("selection", "selection_print"):
        page = opened(as_person, tied, name, season.call.ref)
        assert "Adjusted" not in page and "re-draws" not in page
        assert str(season.applications[3].engagement) not in page
    closed = as_person(tied).get(url("dossier", season.applications[3].ref))
    assert closed.status_code == 404


def test_the_list_on_paper_has_all_that_is_read_and_nothing_to_press(as_person: As):
    season = make_season(3, points=(4, 3, 3), source=small(2, 1), stage="proposed")
    member = make_member(season.call)

    screen = opened(as_person, member, "selection", season.call.ref)
    paper = opened(as_person, member, "selection_print", season.call.ref)

    assert f'href="{url("selection_print", season.call.ref)}"' in screen
    main = paper.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main and "<button" not in main and "What if?" not in main
    for said in (
        "For the selection committee only.", f"Opened by {member}", "One seat is a coin-flip",
        "Best possible under your rules, checked.", "What each rule costs", "Who is in the room",
        "Changed by people", "2 different people sign before letters go out",
    ):  # fmt: skip
        assert said in main
    assert all(str(one.engagement) in main for one in season.applications)


def test_a_member_finds_links_to_pages_that_are_there_for_her(as_person: As):
    season = make_season(1, stage="proposed")
    member = make_member(season.call)

    for name in ("selection", "selection_print", "decisions"):
        page = opened(as_person, member, name, season.call.ref)
        assert url("decisions", season.call.ref) in page
        assert url("reading", season.call.ref) not in page
    assert url("reading", season.call.ref) in opened(
        as_person, season.director, "selection", season.call.ref
    )


def test_before_there_is_a_list_nothing_is_printed(as_person: As):
    season = make_season(1)
    address = url("selection_print", season.call.ref)

    back = as_person(season.director).get(address)
    assert (back.status_code, back["Location"]) == (302, url("selection", season.call.ref))
    assert "Print for the committee" not in opened(
        as_person, season.director, "selection", season.call.ref
    )
    assert as_person(make_staff(make_network())).get(address).status_code == 404


def test_a_district_leads_to_its_application_with_what_its_readers_gave(as_person: As):
    season = make_season(2, points=(4, 3), source=small(1, 1), stage="proposed")
    application = season.applications[0]
    member = make_member(season.call)

    listed = opened(as_person, member, "selection", season.call.ref)
    page = opened(as_person, member, "dossier", application.ref)

    assert f'<a href="{url("dossier", application.ref)}">{application.engagement}</a>' in listed
    assert application.number in page
    assert "Days lost to suspension, by student group, for four years." in page
    assert page.count("Read with care.") == 3
    assert all(str(reader) in page for reader in season.readers)
    staff = opened(as_person, season.director, "call", season.call.ref)
    assert url("dossier", application.ref) in staff


def test_a_draft_is_nobodys_to_read_and_an_application_nobodys_next_door(as_person: As):
    season = make_season(1)
    open_call = make_call(season.call.network)
    draft = make_draft(open_call)

    assert as_person(season.director).get(url("dossier", draft.ref)).status_code == 404
    listed = opened(as_person, season.director, "call", open_call.ref)
    assert str(draft.engagement) in listed and url("dossier", draft.ref) not in listed
    neighbor = as_person(make_staff(make_network()))
    assert neighbor.get(url("dossier", season.applications[0].ref)).status_code == 404
    reader = as_person(season.readers[0])
    assert reader.get(url("dossier", season.applications[0].ref)).status_code == 404


def test_a_member_who_reads_it_herself_sees_what_others_gave_after_her_own(as_person: As):
    season = a_strict_reader()
    application, late = season.applications[2], season.readers[2]
    member = make_member(season.call)
    own = review_of(application, late)
    own.assignment.__class__.objects.filter(pk=own.assignment_id).update(reviewer=member)

    before = opened(as_person, member, "dossier", application.ref)
    give(review_of(application, member), 4)
    after = opened(as_person, member, "dossier", application.ref)

    assert "opens once your own review is in" in before and "Read with care." not in before
    assert after.count("Read with care.") == 2


def test_the_paper_takes_as_many_queries_for_many_as_for_few(as_person: As):
    few = make_season(2, points=(4, 3), source=small(1, 1), stage="proposed")
    many = make_season(4, points=(4, 3, 3, 2), source=small(2, 1), stage="proposed")

    counts = {
        queries(as_person(one.director), url("selection_print", one.call.ref))
        for one in (few, many)
    }

    assert len(counts) == 1
