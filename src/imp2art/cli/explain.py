"""`imp2art explain`: why one person of an extract counts as they do, without a site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from imp2art.cli.home import home
from imp2art.codes.library import read_library
from imp2art.documents.explanation_words import ExplanationInWords, explanation_in_words
from imp2art.flows.explain_in_extract import explain_in_extract

_Extract = Annotated[Path, typer.Argument(metavar="EXTRACT", help="The extract's folder")]
_Patient = Annotated[str, typer.Argument(metavar="PATIENT", help="The person's patient_id in the extract")]
_Indicators = Annotated[
    list[str] | None,
    typer.Argument(metavar="INDICATOR...", help="Such as plan-12-months; without one, all of them in short"),
]
_On = Annotated[
    datetime | None,
    typer.Option("--on", metavar="DATE", formats=["%Y-%m-%d"], help="As at this day, not the last month end"),
]


def register(app: typer.Typer) -> None:
    """Give the command its verb."""
    app.command("explain")(explain)


def explain(extract: _Extract, patient: _Patient, indicators: _Indicators = None, on: _On = None) -> None:
    """Say how one person counts: which clause decided, by which entry, and what would change it.

    It reads the extract and keeps nothing. What it prints is from a record: it stays inside the practice.
    """
    day: date | None = on.date() if on else None
    library = read_library(home() / "codelists")
    found = explain_in_extract(extract, patient, tuple(indicators or ()), library, day)
    for each in found:
        said = explanation_in_words(each.slug, each.found, each.on, sees_entries=True)
        print("\n".join(_whole(each.slug, said) if indicators else _in_short(each.slug, said)))


def _in_short(slug: str, said: ExplanationInWords) -> Iterator[str]:
    yield f"{slug}: {said.title}"
    yield f"  {said.outcome} {said.reason[0]}"


def _whole(slug: str, said: ExplanationInWords) -> Iterator[str]:
    yield from _in_short(slug, said)
    yield from (f"  {sentence}" for sentence in (*said.reason[1:], *said.changes))
    yield "  Every part of the rule:"
    for clause in said.clauses:
        yield f"  {'→' if clause.decided else '·'} {clause.part}: {clause.asks}: {clause.answer.lower()}"
        if entry := clause.entry or clause.newest:
            yield f"      {'by' if clause.entry else 'newest'}: {entry}"
    yield f"  {said.rule}"
