"""Simulated practices are made one by one and written as extracts, each in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from imp2art.codes.library import Library, read_library
from imp2art.core.place import named_place
from imp2art.core.refusal import Refusal
from imp2art.extracts.writer import Form, write_extract
from imp2art.record.extract_schema import EXTRACT_TABLES, MANIFEST_NAME
from imp2art.simulate.model import Model, read_model
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.practice import simulate_practice
from imp2art.simulate.stand_ins import stand_in_lists, with_stand_ins, write_stand_ins

# Marks a folder as one that the simulator filled; it says how, and which sub-folders are its own.
MARK_NAME = "simulation.json"
_MADE_BY = "imp2art simulate"
_OWN_FILES = frozenset(
    [f"{table.name}.{form}" for table in EXTRACT_TABLES for form in ("csv", "parquet")]
    + [MANIFEST_NAME, f".{MANIFEST_NAME}.part"]
)
_LISTS = "codelists"
_OWN_LISTS = frozenset(f"{each.slug}.csv" for each in stand_in_lists())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: after each practice. `people` counts those registered at the end, `rows` all rows."""

    practices: int
    of: int
    people: int
    rows: int


def simulate_practices(
    out: Path,
    practices: int | None,
    seed: int,
    as_at: date,
    months: int,
    form: Form = "parquet",
    progress: Callable[[Progress], None] | None = None,
    *,
    people: int | None = None,
    noise: float = 0.0,
    library: Library | None = None,
    stand_ins: bool = False,
) -> Progress:
    """Write `<out>/<practice code>/` for each practice; the answer is the progress at the end.

    `practices` and `people` as `outline_practices` takes them. Equal arguments give equal bytes. A
    folder that holds an earlier simulation is emptied of it first; any other that is not empty is
    refused, and nothing but the simulator's own files is ever removed. With `stand_ins` made-up codes fill
    the library's empty slots, and `<out>/codelists/` has the lists to import.
    """
    library = library or read_library()
    model = read_model(with_stand_ins(library) if stand_ins else library, seed, as_at, months, noise)
    outlines = model.outlines(practices, people)
    _make_room(out, outlines)
    _write_mark(out, model, outlines, form)
    if stand_ins:
        write_stand_ins(out / _LISTS)
    at = Progress(0, len(outlines), 0, 0)
    for outline in outlines:
        practice = simulate_practice(model, outline)
        with named_place(out):
            written = write_extract(out / outline.code, practice.facts, practice.tables, form)
        rows = at.rows + sum(file.rows for file in written.files)
        at = Progress(at.practices + 1, at.of, at.people + outline.list_size, rows)
        if progress is not None:
            progress(at)
    return at


def _make_room(out: Path, outlines: tuple[PracticeOutline, ...]) -> None:
    """Remove the practices of an earlier simulation; refuse a folder that holds anything else."""
    out.mkdir(parents=True, exist_ok=True)
    if (out / MARK_NAME).is_file():
        for code in _marked(out / MARK_NAME):
            _remove_own(out / code, _OWN_FILES)
        _remove_own(out / _LISTS, _OWN_LISTS)
    elif any(out.iterdir()):
        raise Refusal(f"{out} is not empty and holds no earlier simulation. Name a new or empty folder.")
    for outline in outlines:
        if (out / outline.code).exists():
            raise Refusal(
                f"{out / outline.code} is there already and is no earlier simulation. Move it away."
            )


def _marked(mark: Path) -> tuple[str, ...]:
    """The practices that the mark names as the simulator's own."""
    try:
        told = json.loads(mark.read_text("utf-8"))
        codes = tuple(str(code) for code in told["practices"]) if told["made_by"] == _MADE_BY else None
    except (OSError, ValueError, KeyError, TypeError):
        codes = None
    if codes is None or not all(code.isalnum() for code in codes):
        raise Refusal(f"{mark} is not the simulator's own. Name a new or empty folder.")
    return codes


def _remove_own(folder: Path, own: Collection[str]) -> None:
    if not folder.exists():
        return
    if folder.is_symlink() or any(entry.name not in own for entry in folder.iterdir()):
        raise Refusal(f"{folder} holds files that the simulator did not write. Move them away first.")
    for entry in folder.iterdir():
        entry.unlink()
    folder.rmdir()


def _write_mark(out: Path, model: Model, outlines: tuple[PracticeOutline, ...], form: Form) -> None:
    """Written before the first practice, so that a run that was cut off can be repeated in place."""
    told = {
        "made_by": _MADE_BY,
        "people": "No real person is in these extracts; every NHS number is from the test range.",
        "seed": model.seed,
        "as_at": model.frame.last_date.isoformat(),
        "months": model.months,
        "noise": model.noise,
        "form": form,
        "practices": [outline.code for outline in outlines],
    }
    (out / MARK_NAME).write_text(json.dumps(told, indent=1) + "\n", "utf-8")
