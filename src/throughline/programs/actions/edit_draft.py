"""Change a draft, publish it, or throw it away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.audit import trail
from throughline.core.blueprint.editing import put
from throughline.core.blueprint.faults import Place
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.models import Person, Scope
from throughline.programs.actions.import_blueprint import keep_hosts
from throughline.programs.drafts import digest_of, look_at, readable, stale
from throughline.programs.enums import VersionState
from throughline.programs.models import BlueprintVersion, Program
from throughline.programs.rules import can_import


@transaction.atomic
def edit_draft(
    draft: BlueprintVersion,
    values: Mapping[Place, Any],
    *,
    seen: str,
    by: Person | None,
    now: datetime,
) -> BlueprintVersion:
    """Put values into the draft's file; comments and layout stay.

    Faults of meaning, such as a sum that no longer fits, do not stop it: they are shown until they
    are settled, and keep the draft from being published.

    Parameters
    ----------
    values
        By place; ``None`` takes the key out of the file.
    seen
        ``sha256`` of the draft that the person had before her.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the program.
    WrongState
        It is published, or was thrown away.
    BadInput
        A value has the wrong shape (``Unreadable``), or the draft was changed meanwhile.
    """
    current = _current(draft, by)
    try:
        source = put(current.source, values)
    except ValueError as error:
        raise BadInput(_("This cannot be written into the file. Edit the file itself.")) from error
    return replace_source(draft, source, seen=seen, by=by, now=now)


@transaction.atomic
def replace_source(
    draft: BlueprintVersion, source: str, *, seen: str, by: Person | None, now: datetime
) -> BlueprintVersion:
    """Put another text in the place of the draft's file; the same text again changes nothing.

    Raises as ``edit_draft`` does. The key and the number of the version stay what they are.
    """
    current = _current(draft, by)
    looked = readable(source)
    about = looked.tables["blueprint"]
    if about.get("key") != current.program.key or about.get("version", 1) != current.number:
        source = put(
            source,
            {
                ("blueprint", "key"): current.program.key,
                ("blueprint", "version"): current.number,
            },
        )
        looked = readable(source)
    if source == current.source:
        return current
    saved = BlueprintVersion.objects.filter(
        pk=draft.pk, state=VersionState.DRAFT, sha256=seen
    ).update(source=source, parsed=looked.tables, sha256=digest_of(source), edited_at=now)
    if not saved:
        raise stale()
    current.refresh_from_db()
    trail.record(by, "edited", current, now=now, scope=current.program.scope_id, fields=["source"])
    return current


@transaction.atomic
def publish_draft(
    draft: BlueprintVersion, *, seen: str, by: Person | None, now: datetime
) -> BlueprintVersion:
    """Publish a draft that has no faults: from now on it never changes. Again returns it.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the program.
    WrongState
        It was thrown away.
    BadInput
        Something is still to settle, nothing differs from a version before, or the draft was
        changed meanwhile.
    """
    if not (decision := can_import(by, draft.program.scope)):
        raise NotAllowed(decision.reason)
    current = BlueprintVersion.objects.select_related("program").filter(pk=draft.pk).first()
    if current is None:
        raise WrongState(_("This draft was thrown away."))
    if current.state == VersionState.PUBLISHED:
        return current
    looked = look_at(current.source)
    if looked.blueprint is None:
        count = len(looked.errors)
        raise BadInput(
            ngettext(
                "One thing is still to settle before this version can be published.",
                "%(count)d things are still to settle before this version can be published.",
                count,
            )
            % {"count": count}
        )
    sha256 = looked.blueprint.sha256
    if _says_what_stands(current):
        raise BadInput(_("Nothing differs from the version before. Change something first."))
    saved = BlueprintVersion.objects.filter(
        pk=current.pk, state=VersionState.DRAFT, sha256=seen
    ).update(state=VersionState.PUBLISHED, published_at=now, sha256=sha256, parsed=looked.tables)
    if not saved:
        raise stale()
    current.refresh_from_db()
    _rename(current.program, looked.blueprint.about.name)
    keep_hosts(current.program, looked.tables["program"]["hosts"], by=by, now=now)
    trail.record(by, "published", current, now=now, scope=current.program.scope_id)
    return current


@transaction.atomic
def discard_draft(draft: BlueprintVersion, *, by: Person | None, now: datetime) -> None:
    """Throw a draft away; again changes nothing.

    A program that was never published stays in the list, without versions, to be begun again.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the program.
    """
    if not (decision := can_import(by, draft.program.scope)):
        raise NotAllowed(decision.reason)
    gone, _rows = BlueprintVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT).delete()
    if gone:
        trail.record(by, "discarded", draft, now=now, scope=draft.program.scope_id)


def _current(draft: BlueprintVersion, by: Person | None) -> BlueprintVersion:
    if not (decision := can_import(by, draft.program.scope)):
        raise NotAllowed(decision.reason)
    found = BlueprintVersion.objects.select_related("program").filter(pk=draft.pk).first()
    if found is None or found.state != VersionState.DRAFT:
        raise WrongState(_("This version is published or was thrown away. Begin a new draft."))
    return found


def _says_what_stands(draft: BlueprintVersion) -> bool:
    last = draft.program.versions.filter(state=VersionState.PUBLISHED).order_by("-number").first()
    if last is None:
        return False
    renumbered = look_at(put(draft.source, {("blueprint", "version"): last.number}))
    return renumbered.blueprint is not None and renumbered.blueprint.sha256 == last.sha256


def _rename(program: Program, name: str) -> None:
    Program.objects.filter(pk=program.pk).update(name=name)
    Scope.objects.filter(pk=program.scope_id).update(label=name)
