"""Tables of convenings, one noun a file."""

from throughline.convenings.models.block import Block, Session
from throughline.convenings.models.event import Event
from throughline.convenings.models.registration import Registration
from throughline.convenings.models.seat import Seat, SeatBlock, SeatMove

__all__ = ["Block", "Event", "Registration", "Seat", "SeatBlock", "SeatMove", "Session"]
