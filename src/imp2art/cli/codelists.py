"""`imp2art codelists`: see the codelists in force, and bring in newer ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from imp2art.cli.home import home, now
from imp2art.codes.library import Library, read_library
from imp2art.core.refusal import Refusal
from imp2art.flows.import_codelist import ImportedList, StatedFacts
from imp2art.flows.import_codelist import import_codelist as run_import

app = typer.Typer(
    help="See which codes count as what (an asthma review, a reliever …), and bring in newer lists.",
    no_args_is_help=True,
)


@app.command("list")
def list_codelists() -> None:
    """Show every codelist: its name, how many codes it has, and where it came from."""
    library = _library()
    for slug in library.slugs:
        codelist = library.codelist(slug)
        known = codelist.provenance.dated if len(codelist) else "no codes yet: import one"
        typer.echo(f"{slug:28}{len(codelist):6}  {codelist.title} ({known})")


@app.command("show")
def show_codelist(
    slug: Annotated[str, typer.Argument(help="The list's name, such as asthma-review")],
) -> None:
    """Show one codelist: its source, its version, and every code with its term."""
    codelist = _library().codelist(slug)
    provenance = codelist.provenance
    typer.echo(f"{codelist.title}\nSource: {provenance.source}")
    typer.echo(f"Version: {provenance.version}, dated {provenance.dated}\nDigest: {codelist.digest}\n")
    for code, term in sorted(codelist.terms.items(), key=lambda item: (item[0].system, item[1], item[0])):
        typer.echo(f"{code.system:8}{code:20}{term}")


@app.command("import")
def import_codelist(
    file: Annotated[
        Path, typer.Argument(help="The CSV or TSV file, as downloaded; do not open it in a spreadsheet")
    ],
    slug: Annotated[str, typer.Option("--as", help="Which list it replaces; see “imp2art codelists list”")],
    version: Annotated[
        str | None, typer.Option(help="The version its publisher gives it, such as 4909d74a")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Who published it and where")] = None,
    dated: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day it was published; today if not given"),
    ] = None,
    system: Annotated[
        str | None, typer.Option(help="snomed, dmd, readv2 or ctv3, where the file does not tell")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take it even if it drops more than a fifth of the codes")
    ] = False,
) -> None:
    """Bring in a newer codelist. It is used from the next import of an extract on.

    To go back to an earlier version, import that one again.

    Every version stays in the site's folder. Rows that cannot be used are listed in a file with
    their number and the reason; the rest is taken.
    """
    day = (dated or now()).date()
    if day > now().date():
        raise Refusal(f"--dated {day} is a day to come. Give the day on which the list was published.")
    facts = StatedFacts(version, source, day, system)
    typer.echo(_summary(run_import(file, slug, facts, home() / "codelists", may_shrink=accept)))


def _library() -> Library:
    return read_library(home() / "codelists")


def _summary(done: ImportedList) -> str:
    changes, codelist = done.changes, done.codelist
    lines = [
        f"{codelist.slug}: {len(changes.added)} codes added, {len(changes.removed)} removed, "
        f"{len(changes.kept)} kept.",
    ]
    if done.parsed.repeated:
        lines.append(f"{done.parsed.repeated} rows repeat a code of an earlier row.")
    if done.rejects:
        lines.append(f"{len(done.parsed.faults)} rows were not taken; the reasons are in {done.rejects}")
    if done.is_new:
        lines.append(f"Version {codelist.provenance.version} is now in force.")
    else:
        lines.append("The list in force has the same codes: nothing was changed.")
    return "\n".join(lines)
