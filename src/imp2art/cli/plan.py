"""`imp2art plan`: an action plan from a JSON file to one page of PDF, and to data and back."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from imp2art.asthma.plan.action_plan import ActionPlan, Gap
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.plan.family import PlanFamily
from imp2art.cli.home import home
from imp2art.cli.plan_data import bundle_file, fields_file, left_out, plan_file, read_bundle
from imp2art.codes.library import read_library
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.file import LARGEST_FILE, example_plan, read_plan
from imp2art.documents.plan.render import render_plan
from imp2art.documents.words import phrase

_File = Annotated[Path | None, typer.Argument(metavar="FILE.json", help="The plan, as JSON.")]
_Out = Annotated[Path | None, typer.Option("--out", metavar="plan.pdf", help="Where to write the page.")]
_Example = Annotated[
    PlanFamily | None,
    typer.Option("--example", help="Make an example plan: written to FILE.json, or shown if none is named."),
]

_Fhir = Annotated[
    Path | None, typer.Option("--fhir", metavar="OUT.json", help="Where to write the plan as a FHIR Bundle.")
]
_Structured = Annotated[
    Path | None,
    typer.Option("--structured", metavar="OUT.csv", help="Where to write the fields that have a CTV3 code."),
]
_FromFhir = Annotated[
    Path | None,
    typer.Option("--from-fhir", metavar="BUNDLE.json", help="Take the plan from a FHIR Bundle of ours."),
]


def register(app: typer.Typer) -> None:
    """Give the command its verb."""
    app.command("plan")(plan)


def plan(
    file: _File = None,
    out: _Out = None,
    example: _Example = None,
    fhir: _Fhir = None,
    structured: _Structured = None,
    from_fhir: _FromFhir = None,
) -> None:
    """Write an asthma action plan as one A4 page or as data, from a JSON file; see one with --example."""
    wanted = any(place is not None for place in (out, fhir, structured))
    if from_fhir is not None:
        made = _from_bundle(from_fhir, file, example)
        if not wanted:
            typer.echo(plan_file(made))
            return
    else:
        content = _read(file) if example is None else _make_example(file, example)
        if not wanted and example is not None:
            return
        if not wanted:
            raise Refusal("Say where to write the page: --out plan.pdf.")
        made = read_plan(content)
    _write_all(made, out, fhir, structured)


def _from_bundle(from_fhir: Path, file: Path | None, example: PlanFamily | None) -> ActionPlan:
    if file is not None or example is not None:
        raise Refusal("Take the plan from one place: --from-fhir, FILE.json or --example.")
    return read_bundle(from_fhir)


def _write_all(made: ActionPlan, out: Path | None, fhir: Path | None, structured: Path | None) -> None:
    """Everything is made before anything is written, so that a refusal leaves no half of it."""
    _refuse_gaps(check_plan(made, read_library(home() / "codelists")))
    page = render_plan(made)
    files = (
        (out, page.pdf, f"one page, {page.digest}"),
        (fhir, bundle_file(made, page.pdf) if fhir else b"", "one FHIR Bundle, a draft"),
        (structured, fields_file(made) if structured else b"", left_out(made)),
    )
    for place, content, told in files:
        if place is not None:
            _write(place, content)
            typer.echo(f"{place}: {told}", err=True)


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


def _make_example(file: Path | None, family: PlanFamily) -> bytes:
    content = example_plan(family)
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
