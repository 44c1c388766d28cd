"""Who pays for a program, in the sentence that each asked for."""

from __future__ import annotations

from collections.abc import Iterator

from throughline.billing.blueprint import BillingSection
from throughline.programs.blueprint import Host, ProgramSection
from throughline.programs.models import BlueprintVersion
from throughline.programs.sections import section
from throughline.programs.words import Words


def backers(version: BlueprintVersion, words: Words) -> list[str]:
    """Return how funders and their grants are acknowledged, each sentence once.

    A funder that asked for no sentence is named.
    """
    hosts = section(version, "program", ProgramSection).hosts
    said = [line for host in hosts for line in _lines(host, version)]
    return list(dict.fromkeys(words.fill(line) for line in said))


def _lines(host: Host, version: BlueprintVersion) -> Iterator[str]:
    grants = section(version, "billing", BillingSection).grants.values()
    own = [grant.acknowledge for grant in grants if grant.funder == host.key and grant.acknowledge]
    if host.role == "funder" and host.acknowledge:
        yield host.acknowledge
    yield from own
    if host.role == "funder" and not host.acknowledge and not own:
        yield host.name
