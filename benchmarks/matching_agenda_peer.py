"""Conference-scheduler on one agenda, in its own environment: reads JSON, prints JSON.

Nothing of the product is imported. It is asked what it can do: sessions to slots and rooms with the
largest rooms for the largest demand, and then as few changes as can be when a speaker loses a day.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from importlib import metadata
from typing import Any

Job = dict[str, Any]


def main() -> None:
    """Solve both questions."""
    from conference_scheduler import scheduler  # type: ignore[import-not-found]
    from conference_scheduler.lp_problem import objective_functions  # type: ignore[import-not-found]
    from conference_scheduler.resources import ScheduledItem  # type: ignore[import-not-found]

    job = json.load(sys.stdin)
    events, slots = resources(job)
    begun = time.perf_counter()
    found = scheduler.solution(
        events, slots, objective_function=objective_functions.efficiency_capacity_demand_difference
    )
    seconds = time.perf_counter() - begun
    cost = sum(events[one].demand - slots[slot].capacity for one, slot in found)
    lost = job["lost"]
    events[lost["session"]].add_unavailability(*(slots[place] for place in lost["slots"]))
    old = [ScheduledItem(events[one], slots[slot]) for one, slot in job["old"]]
    begun = time.perf_counter()
    mended = scheduler.solution(
        events,
        slots,
        objective_function=objective_functions.number_of_changes,
        original_schedule=old,
    )
    mending = time.perf_counter() - begun
    before = {tuple(one) for one in job["old"]}
    moved = len(before - {(int(one), int(slot)) for one, slot in mended})
    print(
        json.dumps(
            {
                "version": metadata.version("conference-scheduler"),
                "cost": cost, "seconds": seconds, "moved": moved, "mending": mending,
            }
        )
    )  # fmt: skip


def resources(job: Job) -> tuple[list[Any], list[Any]]:
    """Make the peer's events and slots."""
    from conference_scheduler.resources import Event, Slot

    slots = [
        Slot(
            venue=one["room"], starts_at=datetime.fromisoformat(one["at"]), duration=one["minutes"],
            capacity=one["seats"], session=one["at"],
        )
        for one in job["slots"]
    ]  # fmt: skip
    events = [
        Event(name=one["key"], duration=one["minutes"], demand=one["demand"])
        for one in job["sessions"]
    ]
    for event, one in zip(events, job["sessions"], strict=True):
        event.add_unavailability(*(slots[place] for place in one["away"]))
    for one, other in job["apart"]:
        events[one].add_unavailability(events[other])
        events[other].add_unavailability(events[one])
    return events, slots


if __name__ == "__main__":
    main()
