"""Forms of admissions: they check shape and give values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from throughline.admissions.actions.declare_conflict import TieAnswer
from throughline.forms.districts import DistrictField
from throughline.people.countries import countries
from throughline.ui.forms import Tile


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, even if it is nothing; ``None`` when the page was only opened."""
    return request.POST if request.method == "POST" else None


def _elsewhere() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("My organization is not in the list"),
        help_text=_("Organizations of any country can apply, and districts that the list lacks."),
        required=False,
    )


class CheckForm(forms.Form):
    """A few questions before anybody signs in. Nothing of it is stored."""

    title = forms.CharField(
        label=_("Your title"),
        help_text=_("Type it as it stands on your door; we know many names for the same role."),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "titles", "autocomplete": "organization-title"}),
        error_messages={"required": _("Enter your title.")},
    )
    district = DistrictField(
        label=_("Your district"),
        help_text=_("Type the first letters of its name, then choose it."),
        error_messages={"required": _("Enter the name of your district.")},
    )
    elsewhere = _elsewhere()
    dates = forms.TypedChoiceField(
        label=_("Can you come to every date in full?"),
        choices=[("yes", _("Yes, to all of them")), ("no", _("Not to all of them"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    commitment = forms.TypedChoiceField(
        label=_("Would you sign the commitment?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )

    says_optional = False

    def __init__(
        self, *args: Any, dates: Sequence[str] = (), commitment: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _take_any_name(self)
        self.fields["dates"].help_text = "; ".join(dates)
        self.fields["commitment"].help_text = commitment
        for name, there_is in (("dates", dates), ("commitment", commitment)):
            if not there_is:
                del self.fields[name]


def _take_any_name(form: forms.Form) -> None:
    """Look for the name in the list only if the box says nothing else."""
    district = form.fields["district"]
    if isinstance(district, DistrictField):
        district.is_listed = not form.data.get("elsewhere")


class StartForm(forms.Form):
    """For which district somebody applies."""

    district = DistrictField(
        label=_("Your district"),
        help_text=_("Type the first letters of its name, then choose it."),
        error_messages={"required": _("Enter the name of your district.")},
    )
    elsewhere = _elsewhere()
    title = forms.CharField(required=False, widget=forms.HiddenInput)

    says_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_any_name(self)


class NamedPlaceForm(forms.Form):
    """An organization that is in no list."""

    name = forms.CharField(
        label=_("Name of your organization"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Enter the name of your organization.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Choose a country.")},
    )
    region = forms.CharField(
        label=_("State, province or region"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level1"}),
    )
    title = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 - tells the type checker
        country.choices = [("", _("Choose")), *countries()]


class SendForm(forms.Form):
    """The applicant signs by sending."""

    attest = forms.BooleanField(
        error_messages={"required": _("Check the box to confirm what you send.")}
    )
    typed_name = forms.CharField(
        label=_("Your full name"),
        help_text=_("We store your name, the time and this text."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your full name to sign.")},
    )

    says_optional = False

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attest"].label = statement


class ReasonForm(forms.Form):
    """A reason in a sentence."""

    because = forms.CharField(
        label=_("Why, in a sentence"),
        help_text=_("Kept with the decision, and read by whoever asks in three years."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down why, in a sentence.")},
    )


class CaseForm(ReasonForm):
    """Grant or refuse an exception."""

    grant = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Grant: it is read like every other")), ("no", _("Refuse"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    field_order = ["grant", "because"]


class TieForm(forms.Form):
    """Whether a reader has a tie to a district."""

    says_optional = False
    tie = forms.ChoiceField(
        label=_("Choose what fits"),
        help_text=_("A tie is no fault. It only means that somebody else reads this one."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits.")},
    )

    def __init__(self, *args: Any, since: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tie"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [
            (TieAnswer.NONE, _("No tie")),
            (TieAnswer.WORK, _("I work there, or did since %(year)s") % {"year": since}),
            (
                TieAnswer.PERSON,
                Tile(
                    str(_("I am close to one of these people")),
                    hint=str(_("Family, friend, business, supervisor, someone you advised")),
                ),
            ),
            (
                TieAnswer.UNSURE,
                Tile(
                    str(_("I am not sure")),
                    hint=str(_("The host's staff decide with you. Nobody else sees this.")),
                ),
            ),
        ]


class ReaderForm(forms.Form):
    """Somebody who will read."""

    full_name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter a name.")}
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter an e-mail address."),
            "invalid": _("Enter an e-mail address like name@district.org."),
        },
    )
    is_experienced = forms.BooleanField(label=_("Has read for us before"), required=False)


class SwapForm(forms.Form):
    """Two applications change places, with a reason."""

    out = forms.ChoiceField(label=_("Take out"))
    into = forms.ChoiceField(label=_("Bring in"))
    reason = forms.CharField(
        label=_("Why, in a sentence"),
        help_text=_("Kept with the decision, and read by whoever asks in three years."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, in a sentence.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        seats: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("out", seats), ("into", others)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = list(choices)


class ReleaseForm(forms.Form):
    """The last step before letters go out."""

    has_read = forms.BooleanField(
        label=_("I have read one letter of each kind, as the person who gets it"),
        error_messages={
            "required": _("Read one letter of each kind first, as the person who gets it.")
        },
    )
    says_optional = False


class DecisionForm(ReasonForm):
    """Change one staged decision."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("offer", _("Offer a seat")),
            ("waitlist", _("Alternate")),
            ("decline", _("Decline")),
        ],
        widget=forms.RadioSelect,
    )
    feedback = forms.CharField(
        label=_("What the letter adds"),
        help_text=_("What readers valued, and what they would like to see more of."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    field_order = ["outcome", "because", "feedback"]
