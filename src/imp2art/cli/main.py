"""The command `imp2art` and its verbs, one file each."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from imp2art.cli import (
    audit,
    codelists,
    demo,
    explain,
    import_extract,
    instruments,
    nation,
    peers,
    plan,
    serve,
    simulate,
    staff,
)
from imp2art.cli.home import home
from imp2art.core.refusal import Refusal

app = typer.Typer(
    help="Supported self-management of asthma, made routine in general practice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for verb in (demo, serve, simulate, import_extract, audit, explain, plan, peers, staff):
    verb.register(app)
app.add_typer(codelists.app, name="codelists")
app.add_typer(instruments.app, name="instruments")
app.add_typer(nation.app, name="store")


def run() -> None:
    """Entry of the console script: what cannot be done is one sentence and exit code 1, never a traceback."""
    try:
        app()
    except Refusal as refusal:
        _end(str(refusal))
    except OSError as fault:
        where = f"{fault.filename}: " if fault.filename else ""
        _end(f"{where}{fault.strerror or fault}. Choose another place, or mend this one, and run it again.")
    except Exception as fault:
        if not _is_of_the_database(fault):
            raise
        _end(
            f"The site's database {_database()} does not answer as it should ({type(fault).__name__}). "
            f"Is it running, and is there room on its disk?"
        )


def _is_of_the_database(fault: Exception) -> bool:
    return any(kind.__module__ == "django.db.utils" for kind in type(fault).__mro__)


def _database() -> str:
    """Where it is; never the address, which may hold a password."""
    return "at IMP2ART_DATABASE_URL" if os.environ.get("IMP2ART_DATABASE_URL") else f"in {home()}"


def _end(sentence: str) -> NoReturn:
    print(f"imp2art: {sentence}", file=sys.stderr)
    raise SystemExit(1) from None
