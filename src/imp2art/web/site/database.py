"""Where the data are kept: SQLite in the site's folder, or the PostgreSQL that an address names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from imp2art.core.refusal import Refusal

_ALLOWED_OPTIONS = {"host", "sslmode", "sslrootcert"}


def database_settings(url: str | None, home: Path) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name`, or SQLite where it is None."""
    return _postgresql(url) if url else _sqlite(home)


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "imp2art.sqlite3",
        # Opening the file and teaching it Django's functions costs as much as a page's queries.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    """Refuses whatever it does not know, without ever repeating the address: a password is in it."""
    try:
        parts = urlsplit(url)
        port = parts.port
        options = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
    except ValueError:
        raise _refusal("it cannot be read as an address") from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme != "postgresql":
        raise _refusal("it must begin with postgresql://")
    if not name or "/" in name or parts.fragment:
        raise _refusal("the name of one database must follow the host")
    if not _ALLOWED_OPTIONS.issuperset(options) or any(len(values) != 1 for values in options.values()):
        raise _refusal(f"behind the ? only these may stand, once each: {', '.join(sorted(_ALLOWED_OPTIONS))}")
    chosen = {option: values[0] for option, values in options.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": chosen.pop("host", parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": chosen,
    }


def _refusal(reason: str) -> Refusal:
    return Refusal(f"IMP2ART_DATABASE_URL is not usable: {reason}.")
