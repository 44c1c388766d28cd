"""Mail as files, where no mail server is configured: one ``.eml`` for each letter."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlFiles(BaseEmailBackend):
    """Writes each letter into the mail folder under its Message-ID, so a second try is one file.

    What divides its parts follows from the Message-ID too: the same letter is the same bytes.
    """

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.MAIL_FOLDER)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the letters; each appears whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for mail in email_messages:
            content = mail.message()
            name = re.sub(r"[^\w.-]", "-", str(content["Message-ID"]).strip("<>").split("@")[0])
            content.set_boundary(f"=={hashlib.sha256(name.encode()).hexdigest()[:32]}==")
            draft = self.folder / f".{name}.{os.getpid()}"
            draft.write_bytes(content.as_bytes())
            draft.replace(self.folder / f"{name}.eml")
        return len(email_messages)
