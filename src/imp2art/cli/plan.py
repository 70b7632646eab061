"""`imp2art plan`: an action plan from a JSON file to one page of PDF."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from imp2art.asthma.action_plan import Gap
from imp2art.asthma.plan_check import check_plan
from imp2art.asthma.regimen import Regimen
from imp2art.cli.home import home
from imp2art.codes.library import read_library
from imp2art.core.refusal import Refusal
from imp2art.documents.action_plan import render_plan
from imp2art.documents.plan_file import LARGEST_FILE, example_plan, read_plan
from imp2art.documents.words import phrase

_File = Annotated[Path | None, typer.Argument(metavar="FILE.json", help="The plan, as JSON.")]
_Out = Annotated[Path | None, typer.Option("--out", metavar="plan.pdf", help="Where to write the page.")]
_Example = Annotated[
    Regimen | None,
    typer.Option("--example", help="Make an example plan: written to FILE.json, or shown if none is named."),
]


def register(app: typer.Typer) -> None:
    """Give the command its verb."""
    app.command("plan")(plan)


def plan(file: _File = None, out: _Out = None, example: _Example = None) -> None:
    """Write an asthma action plan as one A4 page, from a JSON file; see one with --example."""
    content = _read(file) if example is None else _make_example(file, example)
    if out is None:
        if example is None:
            raise Refusal("Say where to write the page: --out plan.pdf.")
        return
    made = read_plan(content)
    _refuse_gaps(check_plan(made, read_library(home() / "codelists")))
    page = render_plan(made)
    _write(out, page.pdf)
    typer.echo(f"{out}: one page, {page.digest}", err=True)


def _refuse_gaps(gaps: tuple[Gap, ...]) -> None:
    if gaps:
        told = " ".join(_in_words(gap) for gap in gaps)
        raise Refusal(f"The plan cannot be issued yet, and nothing was written. {told}")


def _in_words(gap: Gap) -> str:
    point = {} if gap.point is None else {"point": gap.point}
    return phrase("review", f"gap-{gap.slug}", **point)


def _read(file: Path | None) -> bytes:
    if file is None:
        raise Refusal("Name the plan's JSON file, or make one: imp2art plan plan.json --example mart.")
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)  # one byte too many is enough to be refused
    except OSError as fault:
        raise Refusal(f"{file} cannot be read: {fault.strerror}.") from None


def _make_example(file: Path | None, regimen: Regimen) -> bytes:
    content = example_plan(regimen)
    if file is None:
        typer.echo(content.decode(), nl=False)
    elif file.exists():
        raise Refusal(f"{file} is there already; name another file for the example.")
    else:
        _write(file, content)
    return content


def _write(path: Path, content: bytes) -> None:
    """All of the file or none of it: written beside its place, then moved there."""
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as whole:
                whole.write(content)
                whole.flush()
                os.fsync(whole.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink()
            raise
    except OSError as fault:
        raise Refusal(f"{path} cannot be written: {fault.strerror}.") from None
