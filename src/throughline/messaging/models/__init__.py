"""Tables of messaging, one noun a file."""

from throughline.messaging.models.message import Delivery, Message
from throughline.messaging.models.template import Template, TemplateVersion

__all__ = ["Delivery", "Message", "Template", "TemplateVersion"]
