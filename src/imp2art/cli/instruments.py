"""`imp2art instruments`: which questionnaires a review knows, and the licensed questions of this site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from imp2art.asthma.instruments import Licence, instruments
from imp2art.asthma.item_packs import PackStanding, standing_of_pack
from imp2art.cli.home import home, now
from imp2art.flows.install_item_pack import install_item_pack

app = typer.Typer(
    help="See which questionnaires a review knows, and install the questions of a licensed one.",
    no_args_is_help=True,
)


@app.command("list")
def list_instruments() -> None:
    """Show every instrument: its owner, its licence, and whether its questions may be shown here."""
    on = now().date()
    for each in instruments():
        standing = standing_of_pack(each, home() / "instruments", on)
        typer.echo(f"{each.id:8}{each.title} ({each.version}), {each.owner}")
        typer.echo(f"{'':8}{each.licence}: {each.licence_ref}")
        typer.echo(f"{'':8}{_said(standing)}")


@app.command("install")
def install(
    slug: Annotated[str, typer.Argument(help="The instrument, such as act")],
    questions: Annotated[Path, typer.Argument(help="The file of its questions, as its owner sent it")],
    licence: Annotated[Path, typer.Option(help="The file of the licence, with the digest of the questions")],
) -> None:
    """Take a licensed instrument's questions into this site, if its licence covers them."""
    pack = install_item_pack(slug, questions, licence, home() / "instruments", now().date())
    until = f"{pack.licence.expires:%d %B %Y}"
    typer.echo(f"{slug}: {len(pack.items)} questions may be shown until {until} ({pack.licence.reference}).")


def _said(standing: PackStanding) -> str:
    if standing.pack is not None:
        licence = standing.pack.licence
        return f"questions may be shown until {licence.expires:%d %B %Y} ({licence.reference})"
    if standing.refused:
        return f"{standing.refused} Its total can be entered."
    if standing.instrument.licence is Licence.LICENSED:
        return "no questions installed: its total can be entered"
    return f"in our own words; {standing.instrument.attribution}"
