"""Pages where a program leaves for another host as a file, and where one arrives."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.programs.actions.import_blueprint import import_blueprint
from throughline.programs.drafts import look_at
from throughline.programs.queries import published_version
from throughline.programs.rules import can_import, root_of
from throughline.programs.signing import fingerprint_of, signature_of, signed, unsigned
from throughline.programs.web.forms import ArrivingForm


@page("staff")
@require_GET
def export(request: SignedInRequest, ref: str, number: int) -> HttpResponse:
    """Send a published version as one signed file. It holds no person by construction."""
    version = published_version(request.person, ref, number)
    if version is None:
        raise Http404
    text = signed(version.source, version.sha256, version.network)
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    name = f"{version.program.key}-{version.number}.toml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page("staff")
@require_http_methods(["GET", "POST"])
def arrive(request: SignedInRequest) -> HttpResponse:
    """Read a file that came from elsewhere: who signed it, what it says; then take it in."""
    if not can_import(request.person, root_of(request.person)):
        raise Http404
    is_sent = request.method == "POST"
    form = ArrivingForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    context: dict[str, object] = {"fingerprint": fingerprint_of(request.person.network)}
    if form.is_valid():
        source = form.cleaned_data["source"]
        looked = look_at(source)
        signature = signature_of(source, looked.blueprint.sha256) if looked.blueprint else None
        if looked.blueprint is None:
            form.add_error("source", _("The file has faults. Its author has to settle them first."))
        elif signature is not None and not signature.holds:
            form.add_error(
                "source",
                _("This file was changed after it was signed. Ask its author to send it again."),
            )
        elif "take" in request.POST:
            try:
                version = import_blueprint(
                    request.person.network, unsigned(source), by=request.person, now=clock.now()
                )
            except DomainError as error:
                form.add_error("source", str(error))
            else:
                sentence = _("%(name)s is yours to open. Copy it to change it.")
                messages.success(request, sentence % {"name": version.program.name})
                return redirect("programs:cohorts")
        context |= {
            "faults": looked.faults,
            "signature": signature,
            "blueprint": looked.blueprint if not form.errors else None,
            "text": source,
        }
    context["form"] = form
    return render(request, "programs/arrive.html", context, status=422 if form.errors else 200)
