"""Tables of the trail."""

from throughline.audit.models.access import AccessEvent
from throughline.audit.models.event import AuditEvent, AuditReason
from throughline.audit.models.once import Once

__all__ = ["AccessEvent", "AuditEvent", "AuditReason", "Once"]
