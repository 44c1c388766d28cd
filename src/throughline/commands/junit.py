"""Several JUnit files become one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET


def join(parts: Sequence[Path], target: Path) -> None:
    """Write the suites of all parts that exist into one file."""
    together = ET.Element("testsuites", name="throughline")
    for part in parts:
        if part.exists():
            together.extend(ET.parse(part).getroot())  # noqa: S314 - our own files
    target.parent.mkdir(parents=True, exist_ok=True)
    ET.ElementTree(together).write(target, encoding="utf-8", xml_declaration=True)
