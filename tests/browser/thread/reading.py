"""People decide the odd cases; three read each application, one of them has a tie."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.thread.applying import HENRICO, OMAHA
from tests.browser.thread.house import House, by_keyboard, follow, heading, hides, press, says
from tests.journeys.reading import reviews_of
from throughline.admissions.actions.assign_reviewers import name_reader
from throughline.admissions.actions.declare_conflict import TieAnswer, declare_conflict
from throughline.admissions.actions.submit_review import submit_review
from throughline.admissions.models import Application, Review

SEATS_FOR_OTHERS = 11
COMMENT = "Clear, and acted on with families."


def read(house: House, ours: Application) -> None:
    """Cases, readers, ties, reviews."""
    closed = house.call.last_moment
    house.on(closed + timedelta(days=1))
    decide_the_cases(house)
    name_the_readers(house)
    house.on(closed + timedelta(days=6))
    say_a_tie(house, reviews_of(ours)[0])
    house.on(closed + timedelta(days=7))
    first, second, _third = reviews_of(ours)
    score(house, first, others=0)
    score(house, second, others=1)
    house.on(closed + timedelta(days=20))
    with house.behind_the_scenes():
        read_the_others(house, ours)
    heading(house.tab_of_the_call("Reviews"), "Every review is in")


def decide_the_cases(house: House) -> None:
    """What the rules leave to a person is granted by one, with a reason."""
    page = house.home_of(house.stage.director)
    follow(page, "Decide 2 exceptions")
    heading(page, "2 exceptions to decide")
    says(page, "Christina School District, DE", "Omaha Public Schools, NE")
    follow(page, "Christina School District")
    page.get_by_label("Grant").check()
    press(page, "Write down the decision")
    says(page, "Write down why, in a sentence.")
    expect(page.get_by_label("Grant")).to_be_checked()
    page.get_by_label("Why, in a sentence").fill("She is charged by her board.")
    press(page, "Write down the decision")
    follow(page, "Omaha Public Schools")
    page.get_by_label("Grant").check()
    page.get_by_label("Why, in a sentence").fill("Its neighbors are in the network.")
    press(page, "Write down the decision")
    heading(page, "No exception is open")


def name_the_readers(house: House) -> None:
    """Staff name a reader by hand, five more behind the scenes, and assign them."""
    stage = house.stage
    page = house.home_of(stage.coordinator)
    follow(page, "Assign the readers")
    page.get_by_label("Name", exact=True).fill(stage.readers[0].full_name)
    page.get_by_label("E-mail address").fill(stage.readers[0].address)
    page.get_by_label("Has read for us before").check()
    press(page, "Let this person read")
    says(page, stage.readers[0].full_name)
    with house.behind_the_scenes() as now, transaction.atomic():
        for number, one in enumerate(stage.readers[1:6], 1):
            name_reader(house.call, one, by=stage.director, now=now, is_experienced=number < 3)
    press(page, "Assign readers")
    heading(page, "28 applications still lack a review")


def open_review(house: House, review: Review) -> Page:
    """A reader opens the review of Henrico from her list."""
    page = house.home_of(review.assignment.reviewer)
    page.get_by_role("link", name="Read ").click()
    follow(page, HENRICO)
    heading(page, f"Any tie to {HENRICO}?")
    hides(page, "We publish our rates")
    return page


def say_a_tie(house: House, review: Review) -> None:
    """A reader who is close to somebody does not read; the district is off her list."""
    page = open_review(house, review)
    page.get_by_label("I am close to one of these people").check()
    by_keyboard(page, "Continue")
    says(page, "Somebody else reads this one, and it is off your list.")
    hides(page, HENRICO)


def score(house: House, review: Review, *, others: int) -> None:
    """A reader chooses a level of every criterion; what others gave opens afterwards."""
    page = open_review(house, review)
    page.get_by_label("No tie").check()
    press(page, "Continue")
    says(page, "We publish our rates", "0 at cabinet level")
    hides(page, "What the other readers gave", COMMENT)
    for group in page.get_by_role("main").get_by_role("group").all():
        group.get_by_role("radio").last.focus()
        page.keyboard.press("Space")
    press(page, "Send and open the next")
    says(page, "Say why in a sentence")
    page.get_by_label("What should the committee know?").fill(COMMENT)
    press(page, "Send and open the next")
    says(page, "Your review is in.")
    page.goto("/admissions/reviews/")
    follow(page, HENRICO)
    says(page, "What the other readers gave")
    shown = page.get_by_role("region", name="What the other readers gave")
    expect(shown.get_by_text(COMMENT)).to_have_count(others)


@transaction.atomic
def read_the_others(house: House, ours: Application) -> None:
    """Behind the scenes: eleven are as strong as their readers wish, Omaha is next, the rest follow."""
    applied = Application.objects.filter(call=house.call, state="in_review").exclude(pk=ours.pk)
    omaha = applied.get(engagement__district__name=OMAHA)
    strong = list(applied.exclude(pk=omaha.pk).order_by("pk"))[:SEATS_FOR_OTHERS]
    for review in Review.objects.filter(
        assignment__application__call=house.call, assignment__state="published"
    ).exclude(state="submitted"):
        application = review.assignment.application
        weak = 0 if application == ours or application in strong else 1
        levels = levels_of(review, below_best=1 + weak)
        if application == omaha:
            levels |= dict(list(levels_of(review, below_best=1).items())[1:])
        by = review.assignment.reviewer
        declare_conflict(review.assignment, answer=TieAnswer.NONE, by=by, now=house.now)
        review.refresh_from_db()
        submit_review(review, levels=levels, comment=COMMENT, by=by, now=house.now)


def levels_of(review: Review, *, below_best: int) -> dict[str, int]:
    """Choose the level so many below the best, of every criterion."""
    criteria = review.assignment.phase.rubric.criteria.order_by("position")
    return {
        one.key: one.levels.order_by("-points").values_list("points", flat=True)[below_best]
        for one in criteria
    }
