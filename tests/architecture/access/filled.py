"""How a form is filled so that whoever may send it does something."""

from __future__ import annotations

from datetime import timedelta

from tests.architecture.access import things
from tests.factories.people import NOW
from tests.world import World

Filled = dict[str, object]
TODAY = NOW.date()
ONCE = "3f2b8c1e-5d0a-4a5e-9c7b-0d1e2f3a4b5c"


def nothing(_world: World) -> Filled:
    """No field is needed."""
    return {}


def copy(_world: World) -> Filled:
    """A program of one's own, from one that ships."""
    return {"program": "reln", "name": "A Copy", "short": "COPY"}


def file(world: World) -> Filled:
    """The file of the draft, with a comment."""
    draft = world.ours.version.program.versions.get(state="draft")
    return {"source": f"{draft.source}\n# Read again.\n", "seen": draft.sha256}


def reason(_world: World) -> Filled:
    """A reason."""
    return {"because": "It was a mistake."}


def waiver(_world: World) -> Filled:
    """A reason for setting a rule aside."""
    return {"reason": "This team is small for a while."}


def district(_world: World) -> Filled:
    """A district that has not applied."""
    return {"district": "0100005"}


def more(_world: World) -> Filled:
    """Two days more than were promised."""
    return {"amount": "2", "reason": "A session was canceled by snow."}


def granted(_world: World) -> Filled:
    """Staff grant what was asked for."""
    return {"decision": "grant"}


def merging(world: World) -> Filled:
    """The teacher's record is kept."""
    return {"keep": things.two_records(world)[0], "reason": "Same desk."}


def refusing(_world: World) -> Filled:
    """Why a record stays."""
    return {"reason": "A grant asks for it."}


def parting(_world: World) -> Filled:
    """How somebody knows."""
    return {"reason": "It was her sister."}


def tie(_world: World) -> Filled:
    """A reader knows the applicant."""
    return {"tie": "person"}


def colleague(_world: World) -> Filled:
    """Somebody new, as a reader or a member of the staff."""
    return {"full_name": "New Colleague", "email": "new@host.example", "role": "coordinator"}


def coach(_world: World) -> Filled:
    """Somebody new who coaches."""
    return {
        "full_name": "New Coach", "email": "new@coach.example", "belongs": "contracted",
        "load_cap": 3,
    }  # fmt: skip


def assistant(_world: World) -> Filled:
    """A second assistant."""
    return {"full_name": "Second Assistant", "email": "second@office.example", "may": ["reply"]}


def member(_world: World) -> Filled:
    """A new member of a team."""
    return {"full_name": "New Member", "email": "new@team.example", "kind": "teacher"}


def log(_world: World) -> Filled:
    """A session of yesterday."""
    return plan(_world) | {"day": TODAY - timedelta(days=1), "log_key": ONCE}


def plan(_world: World) -> Filled:
    """A session of next week."""
    return {
        "day": TODAY + timedelta(days=7), "starts_local": "09:00", "length": "60",
        "mode": "virtual",
    }  # fmt: skip


def meeting(_world: World) -> Filled:
    """A meeting of next week."""
    return {
        "day": TODAY + timedelta(days=7), "starts_local": "15:30", "minutes": 60,
        "zone": "America/New_York",
    }  # fmt: skip


def monthly(_world: World) -> Filled:
    """One meeting a month for half a year."""
    return {
        "nth": "2nd", "weekday": "Tuesday", "starts_local": "15:30", "minutes": 60,
        "zone": "America/New_York", "starts_on": TODAY, "ends_on": TODAY + timedelta(days=180),
    }  # fmt: skip


def topic(_world: World) -> Filled:
    """Something to talk about."""
    return {"act": "agenda", "words": "Buses"}


def moved(_world: World) -> Filled:
    """A meeting two weeks later."""
    return {"day": TODAY + timedelta(days=34), "starts_local": "16:00", "seen": 0}


def correction(_world: World) -> Filled:
    """Other minutes."""
    return {
        "length": "60",
        "mode": "virtual",
        "reason": "It was longer.",
        "shared_summary": "Put right.",
    }


def coming(world: World) -> Filled:
    """An answer for the superintendent's seat."""
    [seat] = things.seat(world)
    return {f"seat-{seat}-coming": "no"}


def people(world: World) -> Filled:
    """Somebody of the district who has a seat already."""
    return {"people": [things.superintendent(world).ref]}


def hall(_world: World) -> Filled:
    """Another place."""
    return {"place_words": "Another Hall, Atlanta"}


def later(world: World) -> Filled:
    """Other days."""
    return {"first_day": TODAY + timedelta(days=90)}


def tap(world: World) -> Filled:
    """A mark at the desk, weeks too early."""
    [seat] = things.seat(world)
    return {"seat": seat, "status": "present", "tap": ONCE}


def kept(_world: World) -> Filled:
    """A figure, for oneself."""
    return {
        "group": "MBL", "tier": "mine", "year": 2015, "comparator": "ALL", "once": ONCE,
        "note": "Look again.",
    }  # fmt: skip


def words(world: World) -> Filled:
    """A change to the challenge."""
    return {
        "who": "Students", "experience": "are not asked", "revision": world.challenge.revision,
    }  # fmt: skip


def why_missing(_world: World) -> Filled:
    """Why a kind of evidence is not there yet."""
    return {"kind": "voice", "reason": "We read next month."}


def around(_world: World) -> Filled:
    """Somebody who takes part without a seat."""
    return {"full_name": "New Expert", "email": "new@expert.example", "role": "expert"}


def zone(_world: World) -> Filled:
    """A time zone that nobody has."""
    return {"zone": "Africa/Nairobi"}


def about_oneself(_world: World) -> Filled:
    """How somebody describes herself."""
    return {"gender": ["woman"]}


def no(_world: World) -> Filled:
    """She does not come."""
    return {"answer": "no"}


def read(_world: World) -> Filled:
    """The letter was read."""
    return {"read": "on"}
