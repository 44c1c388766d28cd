"""Begin a draft: a copy as a program of one's own, or the next version of one that stands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.blueprint.editing import put
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.models import Network, Person, Scope
from throughline.programs.actions.import_blueprint import make_program
from throughline.programs.drafts import digest_of, readable
from throughline.programs.enums import VersionState
from throughline.programs.models import BlueprintVersion, Program
from throughline.programs.rules import can_import

KEY_LENGTH = 60


@transaction.atomic
def copy_program(
    network: Network, source: str, *, name: str, short: str = "", by: Person | None, now: datetime
) -> BlueprintVersion:
    """Make a program of one's own from a file, as a draft that nobody outside sees.

    The same name again returns the draft that stands.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the network.
    BadInput
        The name is empty or taken by a program that is published, or the file cannot be read.
    """
    root = Scope.objects.get(network=network, parent=None)
    if not (decision := can_import(by, root)):
        raise NotAllowed(decision.reason)
    key = slugify(name)[:KEY_LENGTH].strip("-")
    if not key or not key[0].isalpha():
        raise BadInput(_("Enter a name that begins with a letter."), field="name")
    about = readable(source).tables["blueprint"]
    changed = put(
        source,
        {
            ("blueprint", "key"): key,
            ("blueprint", "name"): name.strip(),
            ("blueprint", "short"): short.strip() or None,
            ("blueprint", "version"): 1,
            ("blueprint", "derived_from"): {
                "key": about["key"],
                "version": int(about.get("version", 1)),
            },
        },
    )
    take(network)  # a press sent twice makes one program
    there = Program.objects.filter(network=network, key=key).first()
    if there is not None:
        draft = there.versions.filter(state=VersionState.DRAFT).first()
        if draft is None or there.versions.exclude(pk=draft.pk).exists():
            raise BadInput(_("You have a program of this name. Choose another."), field="name")
        return draft
    looked = readable(changed)
    program = make_program(network, root, looked.tables, by=by, now=now)
    return _draft(program, changed, number=1, by=by, now=now)


@transaction.atomic
def start_draft(program: Program, *, by: Person | None, now: datetime) -> BlueprintVersion:
    """Begin the next version of a program from its last; again returns the draft that stands.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the program.
    """
    if not (decision := can_import(by, program.scope)):
        raise NotAllowed(decision.reason)
    take(program)
    found = program.versions.filter(state=VersionState.DRAFT).first()
    if found is not None:
        return found
    last = program.versions.filter(state=VersionState.PUBLISHED).latest("number")
    number = (program.versions.aggregate(most=Max("number"))["most"] or 0) + 1
    source = put(last.source, {("blueprint", "version"): number})
    return _draft(program, source, number=number, by=by, now=now)


def _draft(
    program: Program, source: str, *, number: int, by: Person | None, now: datetime
) -> BlueprintVersion:
    draft: BlueprintVersion = BlueprintVersion.objects.create(
        network_id=program.network_id,
        program=program,
        number=number,
        source=source,
        parsed=readable(source).tables,
        sha256=digest_of(source),
        state=VersionState.DRAFT,
        edited_at=now,
    )
    trail.record(by, "drafted", draft, now=now, scope=program.scope_id)
    return draft
