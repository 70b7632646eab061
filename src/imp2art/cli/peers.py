"""`imp2art peers`: take in the figures of other practices, to compare this site's with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from imp2art.audit.peers import PeerFigures
from imp2art.cli.home import OPERATOR, home, migrate, now, set_up_site
from imp2art.core.refusal import Refusal
from imp2art.store.json_form import from_json


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(peers)


def peers(
    file: Annotated[Path, typer.Argument(help="The peers.json of a national audit", metavar="FILE")],
) -> None:
    """Keep the protected figures of other practices; reports made from then on compare with them.

    Figures that are not protected are refused: every count hidden, or 10 or more and a multiple of 5.
    """
    set_up_site(home())
    migrate()
    from imp2art.flows.compare_practices import import_peers

    figures = figures_in(file)
    is_new = import_peers(OPERATOR, figures, now())
    print(
        f"{len(figures.practices):,} practices at {len(figures.month_ends)} month ends"
        + (" to compare with." if is_new else ": nothing new.")
    )


def figures_in(file: Path) -> PeerFigures:
    """The figures of a peers.json. Raises `Refusal` naming the file where it holds none."""
    return from_json(_read(file), PeerFigures)


def _read(file: Path) -> object:
    if not file.is_file():
        raise Refusal(f"{file} is not a file. Name the peers.json that a national audit wrote.")
    try:
        return json.loads(file.read_text("utf-8"))
    except ValueError as fault:
        where = f", line {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else ""
        raise Refusal(f"{file}{where}: this is not JSON. Make it again with a national audit.") from None
