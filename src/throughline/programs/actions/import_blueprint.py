"""Bring a blueprint into a network and publish it."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.blueprint.reading import plain
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.actions import add_organization
from throughline.people.enums import OrganizationKind, ScopeKind
from throughline.people.models import Network, Organization, Person, Scope
from throughline.programs import hooks
from throughline.programs.enums import HostPart, VersionState
from throughline.programs.models import BlueprintVersion, Program, ProgramHost
from throughline.programs.rules import can_import
from throughline.ui import spelling

PARTS = {
    "host": HostPart.LEAD,
    "co-host": HostPart.CO_HOST,
    "funder": HostPart.FUNDER,
    "partner": HostPart.PARTNER,
    "research partner": HostPart.PARTNER,
}


@transaction.atomic
def import_blueprint(
    network: Network, source: str, *, by: Person | None, now: datetime
) -> BlueprintVersion:
    """Check a file, find or make its program, and publish it as the program's next version.

    The same promises again return the version that stands, whatever the layout of the file.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the network.
    BadInput
        The file does not pass, or its version number stands for another hash.
    """
    root = Scope.objects.get(network=network, parent=None)
    if not (decision := can_import(by, root)):
        raise NotAllowed(decision.reason)
    if hooks.LOAD is None:
        raise RuntimeError("composition has not said how blueprints are loaded")
    try:
        loaded = hooks.LOAD(source)
    except ValueError as error:
        raise BadInput(str(error), field="source") from error
    parsed = plain(tomllib.loads(source))
    about = parsed["blueprint"]
    take(root)  # two people who bring the same file publish one version
    program = make_program(network, root, parsed, by=by, now=now)
    same = program.versions.filter(sha256=loaded.sha256).first()
    if same is not None:
        return same
    number = int(about.get("version", 1))
    if (taken := program.versions.filter(number=number).first()) is not None:
        raise BadInput(
            _(
                "Version %(number)d was published with other contents on %(day)s. "
                "Give the file a higher version."
            )
            % {"number": number, "day": spelling.day(taken.published_at or now)},
            field="source",
        )
    version: BlueprintVersion = BlueprintVersion.objects.create(
        network=network,
        program=program,
        number=number,
        source=source,
        parsed=parsed,
        sha256=loaded.sha256,
        state=VersionState.PUBLISHED,
        published_at=now,
    )
    trail.record(by, "published", version, now=now, scope=program.scope_id)
    return version


def make_program(
    network: Network, root: Scope, parsed: dict[str, Any], *, by: Person | None, now: datetime
) -> Program:
    """Return the program of a file, made with its hosts where there is none. Call inside an action."""
    about = parsed["blueprint"]
    found = Program.objects.filter(network=network, key=about["key"]).first()
    if found is not None:
        return found
    statements = parsed["program"].get("statements", [])
    program: Program = Program.objects.create(
        network=network,
        scope=Scope.objects.below(root, kind=ScopeKind.PROGRAM, label=about["name"]),
        key=about["key"],
        name=about["name"],
        inquiry_question=next((one["text"] for one in statements if one["kind"] == "question"), ""),
    )
    trail.record(by, "added", program, now=now, scope=program.scope_id)
    keep_hosts(program, parsed["program"]["hosts"], by=by, now=now)
    return program


def keep_hosts(
    program: Program, hosts: list[dict[str, Any]], *, by: Person | None, now: datetime
) -> None:
    """Make the organizations behind a program those of its file, in their order."""
    program.hosts.all().delete()
    has_lead = False
    for position, host in enumerate(hosts):
        part = PARTS[host.get("role", "host")]
        if part == HostPart.LEAD and has_lead:
            part = HostPart.CO_HOST
        has_lead = has_lead or part == HostPart.LEAD
        kind = {
            HostPart.FUNDER: OrganizationKind.FUNDER,
            HostPart.PARTNER: OrganizationKind.PARTNER,
        }.get(part, OrganizationKind.HOST)
        named = Organization.objects.filter(network=program.network, name=host["name"]).first()
        ProgramHost.objects.get_or_create(
            network=program.network,
            program=program,
            organization=named
            or add_organization(program.network, kind=kind, name=host["name"], by=by, now=now),
            part=part,
            defaults={"brand": host.get("acknowledge", ""), "position": position},
        )
