"""The tests that count on Spark: PySpark comes from a lock of its own, where there is Java."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parents[3] / "requirements" / "scale.lock"
NO_JAVA = "left out: Spark needs Java, which is not installed here"


class Fetching:
    """Fetches PySpark into a folder while other checks run. It is large, and nothing else needs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = None
        if shutil.which("java"):
            self._process = subprocess.Popen(
                [
                    str(Path(sys.executable).parent / "uv"), "pip", "install", "--quiet",
                    "--require-hashes", "--python", sys.executable, "--target", str(folder),
                    "-r", str(LOCK),
                ],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip

    @property
    def has_java(self) -> bool:
        """Whether Spark can run here at all."""
        return self._process is not None

    def missing(self) -> str:
        """Wait until it is there; return why it is not, or nothing."""
        if self._process is None:
            return NO_JAVA
        said, _nothing = self._process.communicate()
        if self._process.returncode:
            return f"PySpark could not be fetched: {' '.join(said.split())[-200:]}"
        return ""

    def give_up(self) -> None:
        """End the fetching, whatever it has reached."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
