"""Tables of people, one noun a file."""

from throughline.people.models.account import Account, AccountPerson, OneTimeLink
from throughline.people.models.identity import EquityIdentity
from throughline.people.models.merge import PersonMerge
from throughline.people.models.network import Network
from throughline.people.models.organization import Affiliation, Organization
from throughline.people.models.person import Person, PersonAlias
from throughline.people.models.place import Place, PlaceYear
from throughline.people.models.privacy import PrivacyRequest
from throughline.people.models.role import Delegation, Exclusion, RoleAssignment
from throughline.people.models.scope import Scope, ScopePath
from throughline.people.models.sealing import SealingKey

__all__ = [
    "Account",
    "AccountPerson",
    "Affiliation",
    "Delegation",
    "EquityIdentity",
    "Exclusion",
    "Network",
    "OneTimeLink",
    "Organization",
    "Person",
    "PersonAlias",
    "PersonMerge",
    "Place",
    "PlaceYear",
    "PrivacyRequest",
    "RoleAssignment",
    "Scope",
    "ScopePath",
    "SealingKey",
]
