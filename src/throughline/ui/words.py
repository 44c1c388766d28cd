"""Plain words for what a program names itself, for pages that stand outside any program."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLAIN = {
    "participant": (gettext_lazy("fellow"), gettext_lazy("fellows")),
    "team": (gettext_lazy("team"), gettext_lazy("teams")),
    "convening": (gettext_lazy("convening"), gettext_lazy("convenings")),
    "challenge": (gettext_lazy("challenge"), gettext_lazy("challenges")),
    "cohort": (gettext_lazy("cohort"), gettext_lazy("cohorts")),
    "coach": (gettext_lazy("coach"), gettext_lazy("coaches")),
    "district": (gettext_lazy("district"), gettext_lazy("districts")),
    "program": (gettext_lazy("program"), gettext_lazy("programs")),
}


def plain_word(key: str, *, many: bool) -> str:
    """Return a plain word for a key; an unknown key is read as the word that it is."""
    if key in PLAIN:
        return str(PLAIN[key][many])
    word = key.replace("_", " ")
    return _("%(word)ss") % {"word": word} if many else word
