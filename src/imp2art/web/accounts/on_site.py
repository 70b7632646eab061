"""What a page takes from where it runs: the day and the instant, a new key, the codelists in force."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from imp2art.asthma.plan.currency import DICE_BYTES, draw_code
from imp2art.codes.library import Library, read_library
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal


def today() -> date:
    """The London day."""
    return timezone.localdate()


def now() -> datetime:
    """This instant."""
    return timezone.now()


def new_key() -> str:
    """The name of something new."""
    return uuid.uuid4().hex


def new_currency_code() -> str:
    """The code of a plan that is being issued."""
    return draw_code(secrets.token_bytes(DICE_BYTES))


def new_token() -> str:
    """The secret part of a link: 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


def site_address() -> str:
    """Where people open the site: on paper and in links."""
    return str(settings.ADDRESS).rstrip("/")


def practice_named(code: str) -> PracticeCode:
    """The practice of a code in an address; 404 for what is none."""
    try:
        return PracticeCode(code)
    except Refusal:
        raise Http404 from None


def signed_blocks() -> Path:
    """The site's folder of signed phrases of the plan, one file a language (docs/languages.md)."""
    return Path(settings.HOME) / "plan-words"


def library() -> Library:
    """The codelists in force: those that ship with the project and the site's newer ones."""
    folder = Path(settings.HOME) / "codelists"
    stamps = tuple(sorted((str(path), path.stat().st_mtime_ns) for path in folder.glob("*/*")))
    return _read(folder, stamps)


@lru_cache(maxsize=1)
def _read(folder: Path, stamps: tuple[tuple[str, int], ...]) -> Library:
    """Read anew only after a list was imported: `stamps` then differ."""
    return read_library(folder if stamps else None)
