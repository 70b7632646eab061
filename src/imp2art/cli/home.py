"""Where this site keeps its things, and the Django set-up that a command needs before the store."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import django

from imp2art.core.actor import Actor, Role

LONDON = ZoneInfo("Europe/London")
OPERATOR = Actor("operator", "Site operator", Role.OPERATOR, None)
WORKER = Actor("worker", "The worker", Role.SYSTEM, None)


def home() -> Path:
    """The site's folder: IMP2ART_HOME, or `var` where the command is run."""
    return Path(os.environ.get("IMP2ART_HOME", "var")).resolve()


def now() -> datetime:
    """This instant, in London time: a day is the London day."""
    return datetime.now(LONDON)


def set_up_site(folder: Path) -> None:
    """Point Django at this folder and give the site a secret of its own, made once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["IMP2ART_HOME"] = str(folder)
    os.environ["IMP2ART_SECRET_KEY"] = secret_of(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imp2art.web.site.settings")
    django.setup()


def secret_of(folder: Path) -> str:
    """The site's secret: from IMP2ART_SECRET_KEY, or made once and kept readable by its owner only."""
    given = os.environ.get("IMP2ART_SECRET_KEY")
    if given:
        return given
    path = folder / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def migrate() -> None:
    """Bring the tables up to this version."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


class Done(Protocol):
    """Ends the line of a step with its result."""

    def __call__(self, result: str = "done") -> None: ...


def step(text: str) -> Done:
    """Print that a step begins; call what comes back with its result."""
    print(f"· {text} … ", end="", flush=True)
    begun = now()

    def done(result: str = "done") -> None:
        print(f"{result} ({(now() - begun).total_seconds():.1f} s)", flush=True)

    return done
