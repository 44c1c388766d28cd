"""What people and the trail hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.audit.models import AccessEvent, AuditEvent, AuditReason, Once
from throughline.people.models import (
    Account,
    AccountPerson,
    Affiliation,
    Delegation,
    EquityIdentity,
    Exclusion,
    OneTimeLink,
    Person,
    PersonAlias,
    PersonMerge,
    PrivacyRequest,
    RoleAssignment,
    SealingKey,
)
from throughline.people.personal import FORMER, Held, Listed, Points
from throughline.people.role_words import role_word
from throughline.people.sealing import KeyGone
from throughline.people.self_description import kept_of


def _role(row: RoleAssignment, person: Person) -> str:
    return str(role_word(row.role, person.network))


def _said(row: EquityIdentity, person: Person) -> list[str] | None:
    if row.person_id != person.pk:
        return None
    try:
        return [f"{one.title}: {', '.join(one.said)}" for one in kept_of(person).values()]
    except KeyGone:
        return None


HELD: tuple[Listed, ...] = (
    Held(
        Person, _("You"), ("pk",),
        {
            "full_name": (_("Name"), "full_name"),
            "called": (_("Called"), "called"),
            "name_sound": (_("How the name sounds"), "name_sound"),
            "pronouns": (_("Pronouns"), "pronouns"),
            "bio": (_("About you, for others"), "bio"),
            "zone": (_("Time zone"), "zone"),
            "locale": (_("Language"), "locale"),
            "is_minor": (_("Under age"), "is_minor"),
        },
        empties={
            "full_name": FORMER, "called": "", "name_sound": "", "pronouns": "", "bio": "",
            "zone": "", "locale": "",
        },
    ),
    Held(
        PersonAlias, _("Addresses and other names"), ("person",),
        {
            "kind": (_("Kind"), "kind"),
            "value": (_("Address"), "value"),
            "verified_at": (_("Confirmed"), "verified_at"),
        },
        removed=True,
    ),
    Held(
        AccountPerson, _("How you sign in"), ("person",),
        {"email": (_("Address"), "account.email"), "since": (_("Since"), "account.date_joined")},
        related=("account",),
        removed=True,
    ),
    Held(
        EquityIdentity, _("What you say about yourself"), ("person",),
        {"answers": (_("Answers, sealed with your key"), _said)},
        removed=True,
    ),
    Held(
        Affiliation, _("Where you work"), ("person",),
        {
            "organization": (_("Organization"), "organization"),
            "title": (_("Title"), "title"),
            "from": (_("From"), "from_on"),
            "to": (_("To"), "to_on"),
        },
        related=("organization",),
        empties={"title": ""},
        stays=_("The organization and the dates stay, so that counts of districts stay right."),
    ),
    Held(
        RoleAssignment, _("Your roles"), ("person",),
        {
            "role": (_("Role"), _role),
            "scope": (_("Where"), "scope"),
            "from": (_("From"), "from_on"),
            "to": (_("To"), "to_on"),
            "ended_reason": (_("Why it ended"), "ended_reason"),
        },
        related=("scope",),
        empties={"ended_reason": ""},
        stays=_("Role, place and dates stay, under the name of a former participant."),
    ),
    Held(
        Delegation, _("Who acts for whom"), ("principal", "delegate"),
        {
            "principal": (_("For"), "principal"),
            "delegate": (_("Who acts"), "delegate"),
            "scope": (_("Where"), "scope"),
            "from": (_("From"), "from_on"),
            "to": (_("To"), "to_on"),
        },
        related=("principal", "delegate", "scope"),
    ),
    Held(
        PersonMerge, _("Records brought together"), ("kept", "absorbed"),
        {
            "on": (_("On"), "merged_at"),
            "confirmed": (_("Confirmed"), "confirmed_at"),
            "undone": (_("Undone"), "undone_at"),
        },
        empties={"reason": "–", "undone_because": "–"},
        stays=_("That two records were one, and when, stays without the reason."),
    ),
    Held(
        PrivacyRequest, _("What you asked about your data"), ("person",),
        {
            "words": (_("You wrote"), "words"),
            "asked": (_("Asked"), "asked_at"),
            "state": (_("State"), "state"),
            "answer": (_("Answer"), "answer"),
        },
    ),
    Points(Account, "shown through its link to the person; one account may lead to two networks"),
    Points(Exclusion, "says which applications exist near her; admissions shows the tie itself"),
    Points(SealingKey, "opens her texts; destroyed with them"),
    Points(OneTimeLink, "a link that was used or has run out"),
    Points(AuditEvent, "shown as what was done to her record and by her"),
    Points(AuditReason, "words of whoever acted, about what they did"),
    Points(AccessEvent, "shown as who looked"),
    Points(Once, "keys of forms that were sent"),
)  # fmt: skip
