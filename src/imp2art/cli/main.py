"""The command `imp2art` and its verbs, one file each."""

from __future__ import annotations

import sys

import typer

from imp2art.cli import audit, codelists, demo, import_extract, plan, serve, simulate, staff
from imp2art.core.refusal import Refusal

app = typer.Typer(
    help="Supported self-management of asthma, made routine in general practice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for verb in (demo, serve, simulate, import_extract, audit, plan, staff):
    verb.register(app)
app.add_typer(codelists.app, name="codelists")


def run() -> None:
    """Entry of the console script: a refusal is one sentence and exit code 1, never a traceback."""
    try:
        app()
    except Refusal as refusal:
        print(f"imp2art: {refusal}", file=sys.stderr)
        raise SystemExit(1) from None
