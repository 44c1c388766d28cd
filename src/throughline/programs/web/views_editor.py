"""Pages where a host copies a program and edits it: as sentences, by section, as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BoundField, Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from throughline.core import clock
from throughline.core.blueprint.faults import Place
from throughline.core.blueprint.leaves import Leaf
from throughline.core.blueprint.speech import Speech
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.programs import hooks
from throughline.programs.actions.edit_draft import (
    discard_draft,
    edit_draft,
    publish_draft,
    replace_source,
)
from throughline.programs.actions.start_draft import copy_program, start_draft
from throughline.programs.blueprints import speech_of
from throughline.programs.clauses import (
    Clause,
    before_in_words,
    leaves_of,
    parts_of,
    title_of,
    typed_in,
)
from throughline.programs.drafts import Draft, Unreadable, draft_of
from throughline.programs.models import Program
from throughline.programs.moves import dates_of, first_day_after, moves_of
from throughline.programs.naming import Names, section_of, table_title
from throughline.programs.rules import can_import, root_of
from throughline.programs.shelf import shelf
from throughline.programs.web.editing import LeavesForm, explained
from throughline.programs.web.forms import CopyForm, FileForm
from throughline.ui.navigation import NavItem

ORIGIN = ("source", "note")
"""Where a table comes from: of interest, but after everything it says."""


@dataclass(frozen=True, slots=True)
class DrawnClause:
    """A sentence as it is drawn: text, and fields between; what it said before."""

    pieces: Sequence[str | BoundField]
    was: str
    reading: str

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return what is wrong in its fields, each under the id that the field refers to."""
        fields = [piece for piece in self.pieces if isinstance(piece, BoundField)]
        return [
            (f"{field.auto_id}_error", " ".join(map(str, field.errors)))
            for field in fields
            if field.errors
        ]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something to settle: what it is about, a sentence, and where it is settled."""

    href: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one table, under what people call it."""

    title: str
    fields: list[BoundField]
    is_open: bool


@page("staff")
@require_http_methods(["GET", "POST"])
def copy(request: SignedInRequest) -> HttpResponse:
    """Choose a program that ships or one's own, and give the copy a name."""
    if not can_import(request.person, root_of(request.person)):
        raise Http404
    programs = shelf(request.person)
    asked = request.POST if request.method == "POST" else None
    form = CopyForm(asked, programs=programs)
    if form.is_valid():
        values = form.cleaned_data
        source = next(one.source for one in programs if one.key == values["program"])
        try:
            draft = copy_program(
                request.person.network, source, name=values["name"], short=values["short"],
                by=request.person, now=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("programs:draft", ref=draft.program.ref)
    status = 422 if form.errors else 200
    return render(request, "programs/copy.html", {"form": form}, status=status)


@page("staff")
@require_POST
def begin(request: SignedInRequest, ref: str) -> HttpResponse:
    """Begin the draft of the next version."""
    program = _program(request, ref)
    start_draft(program, by=request.person, now=clock.now())
    return redirect("programs:draft", ref=ref)


@page("staff")
@require_http_methods(["GET", "POST"])
def sentences(request: SignedInRequest, ref: str) -> HttpResponse:
    """Edit the program as sentences with blanks, and see what moves."""
    draft = _draft(request, ref)
    parts = parts_of(draft.looked)
    every = [leaf for part in parts for clause in part.clauses for leaf in clause.leaves]
    form = LeavesForm(every, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := _save(request, draft, form)):
        return answer
    before = typed_in(draft.base_looked)
    drawn = [
        (part.key, part.title, [_drawn(clause, form, before) for clause in part.clauses])
        for part in parts
    ]
    return _show(request, draft, "programs/sentences.html", {"form": form, "parts": drawn})


@page("staff")
@require_http_methods(["GET", "POST"])
def section(request: SignedInRequest, ref: str, key: str) -> HttpResponse:
    """Edit every value of one section."""
    draft = _draft(request, ref)
    if key not in draft.looked.models:
        raise Http404
    form = LeavesForm(leaves_of(draft.looked, key), request.POST or None)
    if request.method == "POST" and (answer := _save(request, draft, form, key)):
        return answer
    context = {"form": form, "groups": _groups(form, draft), "title": title_of(key)}
    return _show(request, draft, "programs/section.html", context)


@page("staff")
@require_http_methods(["GET", "POST"])
def file(request: SignedInRequest, ref: str) -> HttpResponse:
    """Edit the file itself."""
    draft = _draft(request, ref)
    initial = {"source": draft.version.source, "seen": draft.version.sha256}
    form = FileForm(request.POST if request.method == "POST" else None, initial=initial)
    faults = draft.looked.faults
    if form.is_valid():
        values = form.cleaned_data
        try:
            replace_source(draft.version, **values, by=request.person, now=clock.now())
        except Unreadable as error:
            form.add_error("source", str(error))
            faults = tuple(error.faults)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["seen"] = draft.version.sha256  # type: ignore[index]
        else:
            messages.success(request, _("Saved."))
            return redirect("programs:draft_file", ref=ref)
    context = {"form": form, "faults": faults}
    return _show(request, draft, "programs/file.html", context)


@page("staff")
@require_http_methods(["GET"])
def draft_calendar(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show every date of a cohort on this draft."""
    draft = _draft(request, ref)
    starts_on = _asked_day(request, draft)
    lines, problem = dates_of(draft.looked, starts_on)
    context = {"starts_on": starts_on, "dates": lines, "problem": problem}
    return _show(request, draft, "programs/draft_calendar.html", context)


@page("staff")
@require_POST
def publish_version(request: SignedInRequest, ref: str) -> HttpResponse:
    """Publish the draft."""
    draft = _draft(request, ref)
    seen = request.POST.get("seen", "")
    try:
        version = publish_draft(draft.version, seen=seen, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("programs:draft", ref=ref)
    sentence = _("Version %(number)d is published. Open a cohort on it whenever you like.")
    messages.success(request, sentence % {"number": version.number})
    return redirect("programs:cohorts")


@page("staff")
@require_http_methods(["GET", "POST"])
def discard(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask, then throw the draft away."""
    draft = _draft(request, ref)
    if request.method == "POST":
        discard_draft(draft.version, by=request.person, now=clock.now())
        messages.success(request, _("The draft is gone. What was published stays."))
        return redirect("programs:cohorts")
    context = {
        "title": _("Throw this draft away?"),
        "eyebrow": draft.version.program.name,
        "consequence": _("Everything changed in it is lost. Published versions and cohorts stay."),
        "action": _("Throw it away"),
        "back_href": reverse("programs:draft", args=[ref]),
    }
    return render(request, "ui/confirm.html", context)


def _program(request: SignedInRequest, ref: str) -> Program:
    programs = Program.objects.visible_to(request.person).staffed_by(request.person)
    found = get_object_or_404(programs.select_related("scope", "network"), ref=ref)
    if not can_import(request.person, found.scope):
        raise Http404
    return found


def _draft(request: SignedInRequest, ref: str) -> Draft:
    found = draft_of(_program(request, ref))
    if found is None:
        raise Http404
    return found


def _save(
    request: SignedInRequest, draft: Draft, form: LeavesForm, key: str = ""
) -> HttpResponse | None:
    """Save what was typed and lead back, or put what is wrong into the form."""
    form.full_clean()
    seen = request.POST.get("seen", "")
    try:
        edit_draft(draft.version, form.changes(), seen=seen, by=request.person, now=clock.now())
    except Unreadable as error:
        form.blame(error.faults)
    except DomainError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("Saved."))
        if key:
            return redirect("programs:draft_section", ref=draft.version.program.ref, key=key)
        return redirect("programs:draft", ref=draft.version.program.ref)
    return None


def _show(
    request: SignedInRequest, draft: Draft, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    program = draft.version.program
    form = context.get("form")
    starts_on = _asked_day(request, draft)
    found = moves_of(draft, starts_on, clock.today())
    shared = {
        "draft": draft.version,
        "program": program,
        "base": draft.base,
        "changes": draft.changes,
        "moves": found,
        "errors": _to_settle(request, draft, form),
        "sections": [(one, title_of(one)) for one in draft.looked.models],
        "tabs": _tabs(request, program),
        "saved": draft.version.edited_at,
    }
    wrong = form is not None and form.is_bound and form.errors
    return render(request, template, {**shared, **context}, status=422 if wrong else 200)


def _tabs(request: SignedInRequest, program: Program) -> list[NavItem]:
    here = [
        (_("Sentences"), reverse("programs:draft", args=[program.ref])),
        (_("Dates"), reverse("programs:draft_calendar", args=[program.ref])),
        (_("Public page"), hooks.DRAFT_PAGE(program) if hooks.DRAFT_PAGE else ""),
        (_("File"), reverse("programs:draft_file", args=[program.ref])),
    ]
    higher = [tab(program) for tab in hooks.DRAFT_TABS]
    return [
        *(NavItem(label, href, current=request.path == href) for label, href in here),
        *higher,
    ]


def _asked_day(request: SignedInRequest, draft: Draft) -> date:
    try:
        return date.fromisoformat(request.GET.get("starts_on", ""))
    except ValueError:
        return first_day_after(draft.version.program, clock.today())


def _drawn(clause: Clause, form: LeavesForm, before: Mapping[str, str]) -> DrawnClause:
    pieces: list[str | BoundField] = []
    for piece, text in zip(clause.pieces, clause.texts_before(), strict=True):
        if isinstance(piece, Leaf) and text:
            form.fields[piece.path].widget.attrs["aria-label"] = text
        pieces.append(piece if isinstance(piece, str) else form[piece.path])
    was = []
    for leaf in clause.leaves:
        if leaf.path in before and before[leaf.path] != leaf.typed():
            was.append(before_in_words(leaf, before[leaf.path]))
            form.fields[leaf.path].widget.attrs["class"] = "edited"
    return DrawnClause(pieces, "; ".join(was), clause.reading)


def _to_settle(request: SignedInRequest, draft: Draft, form: Form | None) -> list[Wrong]:
    """Say what keeps the draft from being published, each with a link to its field."""
    names, ref, found = Names(draft.looked), draft.version.program.ref, []
    for fault in draft.errors:
        anchor = f"#id_{fault.path}"
        href = reverse("programs:draft_file", args=[ref])
        if form is not None and fault.path in form.fields:
            href = anchor
        elif names.stands_in_a_sentence(fault.path):
            href = reverse("programs:draft", args=[ref]) + anchor
        elif (key := section_of(fault)) in draft.looked.models:
            href = reverse("programs:draft_section", args=[ref, key]) + anchor
        found.append(Wrong(href, names.of(fault.path), names.explained(explained(fault))))
    return found


def _groups(form: LeavesForm, draft: Draft) -> list[Group]:
    """Put the fields of one table together; who said it comes last.

    Open is the first, and every one that has something to settle.
    """
    speech = speech_of(draft.looked.whole) if draft.looked.whole else Speech({})
    wrong = {fault.path for fault in draft.errors}
    by_table: dict[Place, list[BoundField]] = {leaf.place[:-1]: [] for leaf in form.leaves.values()}
    for path, leaf in sorted(form.leaves.items(), key=lambda one: one[1].place[-1] in ORIGIN):
        by_table[leaf.place[:-1]].append(form[path])
    return [
        Group(
            table_title(place, draft.looked.tables, speech), fields,
            index == 0 or any(one.errors or one.name in wrong for one in fields),
        )
        for index, (place, fields) in enumerate(by_table.items())
    ]  # fmt: skip
