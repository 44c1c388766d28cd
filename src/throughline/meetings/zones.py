"""Which names of time zones can be used."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from throughline.core.errors import BadInput


def known_zone(name: str) -> str:
    """Return ``name`` if it is a zone of the IANA database.

    Raises
    ------
    BadInput
        It is not.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadInput(
            _("%(zone)s is not a time zone. Write one such as America/New_York.") % {"zone": name},
            field="zone",
        ) from None
    return name
