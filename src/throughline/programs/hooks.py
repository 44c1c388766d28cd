"""What programs hears from above. Filled by ``composition.wiring``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from throughline.core.decision import Decision
from throughline.people.models import Person
from throughline.programs.blueprints import Looked
from throughline.programs.calendar import Planned
from throughline.programs.models import (
    BlueprintVersion,
    Cohort,
    DistrictEngagement,
    Program,
    Succession,
)
from throughline.ui.navigation import NavItem


class LoadedBlueprint(Protocol):
    """A blueprint that passed every check."""

    @property
    def sha256(self) -> str:
        """Hash of its canonical form."""
        ...

    def calendar(self, starts_on: date) -> Sequence[Planned]:
        """Return every date of a cohort that starts on this day."""
        ...


LOAD: Callable[[str], LoadedBlueprint] | None = None
"""Parses and checks a file's text; raises ``ValueError`` whose text names lines and paths.

Only ``composition`` knows the sections of all apps, so it sets this.
"""

LOOK: Callable[[str], Looked] | None = None
"""Says all there is to say about a file that is still being written. Set by ``composition``."""

SHIPPED: Callable[[], Sequence[str]] | None = None
"""Returns the texts of the blueprints that come with the product. Set by ``composition``."""

COHORT_OPENED: list[Callable[[Cohort, Person | None, datetime], object]] = []
"""A cohort was made: promises, events and the call for applications follow."""

COHORT_REPLANNED: list[Callable[[Cohort, Person | None, datetime], object]] = []
"""Dates, words or promises of an open cohort changed: what hangs on them follows.

Listeners compare with the cohort's calendar and version, so hearing it twice is harmless.
"""

UPGRADE_FOR_WHOM: list[Callable[[Cohort, BlueprintVersion], Sequence[str]]] = []
"""Says in sentences whom a later version would change something for."""

PUBLIC_PAGE: Callable[[Program], str] | None = None
"""Returns the address of a program's public page. Set by ``composition``."""

DRAFT_PAGE: Callable[[Program], str] | None = None
"""Returns where that page is shown as it would be on the program's draft. Set by ``composition``."""

DRAFT_TABS: list[Callable[[Program], NavItem]] = []
"""Pages of higher apps about the draft of a program, shown beside its sentences and dates."""

MAY_PUBLISH: list[Callable[[Cohort], Decision]] = []
"""May this cohort be published? Every refusal is shown."""

ENGAGEMENT_BEGAN: list[Callable[[DistrictEngagement, Person | None, datetime], None]] = []
"""A district became active in a cohort."""

ENGAGEMENT_ENDED: list[Callable[[DistrictEngagement, Person | None, datetime], None]] = []
"""A district declined, withdrew or completed."""

SUCCEEDED: list[Callable[[Succession, Person | None, datetime], None]] = []
"""A leader was succeeded by another."""

PLACED_BETWEEN: list[Callable[[Person, Cohort], Sequence[tuple[date, str]]]] = []
"""Says what is planned in a cohort besides its convenings, by day, as far as the person sees it."""

COHORT_TABS: list[Callable[[Person, Cohort], NavItem]] = []
"""Pages of higher apps about one cohort, shown beside districts and calendar."""
