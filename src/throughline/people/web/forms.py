"""Forms of people: they check shape and give values."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.people.enums import Role, Verb
from throughline.people.models import Person
from throughline.people.zones import place_of, zone_choices


class WelcomeForm(forms.Form):
    """What to call somebody who signs in for the first time."""

    full_name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Enter your name as others should see it.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class StartForm(forms.Form):
    """The first host names her network and herself."""

    network_name = forms.CharField(
        label=_("Name of your network"),
        max_length=200,
        help_text=_(
            "The organization or network whose programs you will run. You can change it later."
        ),
        error_messages={"required": _("Enter the name of your network.")},
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())],
        initial="America/New_York",
        help_text=_("Deadlines are promised in this zone."),
    )
    full_name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Enter your name as others should see it.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with a code that we send there."),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@district.org."),
        },
    )


class ZoneForm(forms.Form):
    """The zone in which somebody reads times; without a choice, that of her network."""

    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("By country, then by the nearest city."),
        required=False,
        error_messages={"invalid_choice": _("Choose a time zone of the list.")},
    )
    says_optional = False

    def __init__(self, given: Any, *, person: Person) -> None:
        super().__init__(given, initial={"zone": person.zone})
        default = _("As in this network: %(place)s") % {"place": place_of(person.network.zone)}
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        offered = zone_choices()
        listed = {zone for _country, zones in offered for zone, _place in zones}
        own = [(person.zone, place_of(person.zone))] if person.zone not in {"", *listed} else []
        field.choices = [("", default), *own, *offered]


STAFF_CHOICES = [
    (role.value, role.label)
    for role in (Role.COORDINATOR, Role.DIRECTOR, Role.FINANCE, Role.SAFEGUARDING_LEAD)
]


class InviteForm(forms.Form):
    """A colleague to be invited to the staff."""

    full_name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter your colleague's name.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter your colleague's e-mail address."),
            "invalid": _("Enter an e-mail address like name@district.org."),
        },
    )
    role = forms.ChoiceField(label=_("Role"), choices=STAFF_CHOICES, widget=forms.RadioSelect)


class AssistantForm(forms.Form):
    """An assistant to be named, and what she may do."""

    full_name = forms.CharField(
        label=_("Assistant's name"),
        max_length=200,
        error_messages={"required": _("Enter your assistant's name.")},
    )
    email = forms.EmailField(
        label=_("Assistant's e-mail address"),
        error_messages={
            "required": _("Enter your assistant's e-mail address."),
            "invalid": _("Enter an e-mail address like name@district.org."),
        },
    )
    may = forms.MultipleChoiceField(
        label=_("What your assistant may do for you"),
        choices=Verb.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An assistant never reads your private texts and never signs for you."),
        error_messages={"required": _("Choose at least one thing.")},
    )
