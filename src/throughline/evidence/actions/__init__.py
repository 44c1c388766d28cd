"""Use cases of evidence, one a file."""

from throughline.evidence.actions.ask_for_graduation import ask_for_graduation
from throughline.evidence.actions.load_file import load_file
from throughline.evidence.actions.load_graduation import load_graduation
from throughline.evidence.actions.load_places import load_places
from throughline.evidence.actions.pin_finding import pin_finding

__all__ = ["ask_for_graduation", "load_file", "load_graduation", "load_places", "pin_finding"]
