"""Read settings from the environment, refusing nonsense with a sentence."""

from __future__ import annotations

import os
import secrets
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(SystemExit):
    """A setting cannot be used; the sentence says which and what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def text(name: str, default: str = "") -> str:
    """Return the value of ``name``, or the contents of the file that ``name``_FILE points to."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE: cannot read {path}: {error.strerror}.") from None
    return os.environ.get(name, default).strip()


def truth(name: str) -> bool:
    """Return whether ``name`` is switched on (1, true, yes); off by default."""
    value = text(name).lower()
    if value in {"", "0", "false", "no"}:
        return False
    if value in {"1", "true", "yes"}:
        return True
    raise BadSetting(f"{name}: write 1 or 0, not {value!r}.")


def day(name: str) -> date | None:
    """Return the day that ``name`` holds as YYYY-MM-DD, or nothing."""
    value = text(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadSetting(f"{name}: write a day such as 2027-01-11, not {value!r}.") from None


def home() -> Path:
    """Return the data folder: THROUGHLINE_HOME, else ``.throughline`` in the current folder."""
    return Path(text("THROUGHLINE_HOME") or ".throughline").absolute()


def secret(name: str, folder: Path) -> str:
    """Return a secret from the environment, or from a file made on first use (mode 600)."""
    if value := text(name):
        return value
    return key_file(folder / name.lower()).decode()


def key_file(path: Path) -> bytes:
    """Return the contents of a key file, making it with 64 random hex digits on first use."""
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)  # whoever comes second keeps the first one's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_bytes().strip()


def database(url: str, sqlite_file: Path) -> dict[str, Any]:
    """Return Django's settings for ``url`` (postgresql://...), or for SQLite if it is empty."""
    if not url:
        return sqlite(sqlite_file)
    parts = urlsplit(url)
    if parts.scheme in {"sqlite", "sqlite3"}:
        return sqlite(Path(parts.path))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(
            "DATABASE_URL: write postgresql://user:password@host:port/name, "
            f"or leave it empty for SQLite; not {parts.scheme}://."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Return settings under which eight writers neither fail nor wait long (docs/adr/0003)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        # A file, not memory: tests try what several connections do at once.
        "TEST": {"NAME": Path(tempfile.gettempdir()) / f"throughline-test-{os.getpid()}.sqlite3"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
            ),
        },
    }
