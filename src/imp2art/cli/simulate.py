"""`imp2art simulate`: extracts of practices that do not exist, for tests, demonstrations and benches."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from imp2art.cli.home import now
from imp2art.cli.options import check_needs, check_not_both, check_range, clear
from imp2art.core.place import check_apart
from imp2art.core.refusal import Refusal
from imp2art.flows.simulate_delivery import NOISE, Made, Wish, simulate_delivery
from imp2art.flows.simulate_practices import Progress, simulate_practices
from imp2art.simulate.model import MOST_MONTHS, MOST_NOISE
from imp2art.simulate.nhs_numbers import MOST_PEOPLE

_DAY = "%Y-%m-%d"


class Size(StrEnum):
    """How much to make."""

    PRACTICE = "practice"
    REGION = "region"
    UK = "uk"


class Form(StrEnum):
    """The form of the files."""

    CSV = "csv"
    PARQUET = "parquet"


# People on all lists together. A practice has the size that its dice give it.
_PEOPLE = {Size.PRACTICE: None, Size.REGION: 1_000_000, Size.UK: 60_000_000}
_PRACTICES = 3
_MOST_SEED = 2**63 - 1


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(simulate)


def simulate(
    out: Annotated[Path, typer.Option(help="A new or empty folder, or one of an earlier simulation")],
    practices: Annotated[
        int | None, typer.Option(help=f"How many practices (else {_PRACTICES})", min=1)
    ] = None,
    size: Annotated[Size | None, typer.Option(help="One practice, a region of 1 M people, the UK")] = None,
    people: Annotated[
        int | None,
        typer.Option(help="People on all lists together; with --practices, people on each list"),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes")] = 1,
    as_at: Annotated[
        datetime | None, typer.Option(formats=[_DAY], help="Day of the extract (else the last month's end)")
    ] = None,
    months: Annotated[int, typer.Option(help="Months of history")] = 36,
    form: Annotated[Form | None, typer.Option(help="The form of the files (else parquet)")] = None,
    noise: Annotated[
        float | None,
        typer.Option(help="Entries a person and year that no codelist holds, left out by an import (else 0)"),
    ] = None,
    stand_ins: Annotated[
        bool,
        typer.Option(
            "--stand-ins",
            help="Also record what no public source has codes for, under made-up ones: OUT/codelists",
        ),
    ] = False,
    delivery: Annotated[
        bool,
        typer.Option("--delivery", help="One delivery of all practices, pseudonymised (docs/deliveries.md)"),
    ] = False,
    adds: Annotated[
        Path | None, typer.Option(help="With --delivery: a new folder for the month that adds to it")
    ] = None,
) -> None:
    """Make practices of people who do not exist, as extracts that `imp2art import` takes.

    Same seed, size, day and months: the same bytes. Every NHS number is from the range that is never
    issued. What the model assumes, and why: docs/simulated-practices.md.
    """
    _check_numbers(people, seed, months, noise)
    check_needs("--adds", adds is not None, "--delivery", delivery)
    check_not_both("--form csv", form is Form.CSV, "--delivery", delivery, "a delivery is always Parquet")
    count, total = _wishes(practices, size, people)
    begun = now()
    until = as_at.date() if as_at else _last_month_end(begun.date())
    if delivery:
        if count is not None or total is None:
            raise Refusal("A delivery is made for a number of people: give --people, or --size region or uk.")
        wish = Wish(total, seed, until, months, NOISE if noise is None else noise, stand_ins)
        _simulate_delivery(out, wish, adds)
        return
    done = simulate_practices(
        out,
        count,
        seed,
        until,
        months,
        (form or Form.PARQUET).value,
        _show if sys.stderr.isatty() else None,
        people=total,
        noise=noise or 0.0,
        stand_ins=stand_ins,
    )
    took = (now() - begun).total_seconds()
    practice = "practice" if done.practices == 1 else "practices"
    print(f"{done.practices:,} {practice}, {done.people:,} people, {done.rows:,} rows in {took:.1f} s: {out}")


def _check_numbers(people: int | None, seed: int, months: int, noise: float | None) -> None:
    check_range("--people", people, 1, MOST_PEOPLE, "people")
    check_range("--seed", seed, 0, _MOST_SEED)
    check_range("--months", months, 1, MOST_MONTHS, "months")
    check_range("--noise", noise, 0, MOST_NOISE)


def _check_two_folders(out: Path, adds: Path) -> None:
    try:
        check_apart(adds, out)
    except Refusal:
        raise Refusal(f"--adds {adds} and --out {out} must be two folders, neither in the other.") from None


def _simulate_delivery(out: Path, wish: Wish, adds: Path | None) -> None:
    if adds is not None:
        _check_two_folders(out, adds)
    clear(out, *filter(None, [adds]))
    begun = now()
    done = simulate_delivery(out, wish, adds, progress=_show_part if sys.stderr.isatty() else None)
    took = (now() - begun).total_seconds()
    print(f"{done.practices:,} practices, {done.people:,} people, {done.rows:,} rows in {took:.1f} s: {out}")


def _show_part(at: Made) -> None:
    end = "\n" if at.parts == at.of else ""
    print(f"\r{at.parts} of {at.of} parts, {at.people:,} people", end=end, file=sys.stderr, flush=True)


def _wishes(practices: int | None, size: Size | None, people: int | None) -> tuple[int | None, int | None]:
    if size is not None and (practices is not None or people is not None):
        raise Refusal("Give --size, or --practices and --people, but not both.")
    if size is Size.PRACTICE:
        return 1, None
    if size is not None:
        return None, _PEOPLE[size]
    return (_PRACTICES, None) if practices is None and people is None else (practices, people)


def _last_month_end(today: date) -> date:
    return today.replace(day=1) - timedelta(days=1)


def _show(at: Progress) -> None:
    """One line that is written over, on the terminal only."""
    end = "\n" if at.practices == at.of else ""
    print(
        f"\r{at.practices:,} of {at.of:,} practices, {at.people:,} people",
        end=end,
        file=sys.stderr,
        flush=True,
    )
