"""Pages where staff see and invite colleagues."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.actions.invite_staff import invite_staff
from throughline.people.http import SignedInRequest
from throughline.people.merge_rules import can_look_for_duplicates
from throughline.people.models import Scope
from throughline.people.privacy_rules import can_answer_requests
from throughline.people.queries import staff_of
from throughline.people.web.forms import InviteForm


@page("staff")
@require_http_methods(["GET", "POST"])
def staff(request: SignedInRequest) -> HttpResponse:
    """Show who is on the staff; invite a colleague."""
    scope = (
        Scope.objects.visible_to(request.person)
        .filter(pk__in=request.person.staffed_scopes())
        .order_by("pk")
        .first()
    )
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and scope is not None:
        try:
            colleague = invite_staff(scope, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(
                request,
                _(
                    "%(name)s can sign in with a code. A second factor is asked at the first sign-in."
                )
                % {"name": colleague},
            )
            return redirect("people:staff")
    context = {
        "form": form,
        "staff": staff_of(request.person),
        "scope": scope,
        "may_look": can_look_for_duplicates(request.person),
        "may_answer": can_answer_requests(request.person),
    }
    return render(request, "people/staff.html", context, status=422 if form.errors else 200)
