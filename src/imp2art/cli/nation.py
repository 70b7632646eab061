"""`imp2art store`: the audit of many practices at once, from a delivery to every practice's figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from imp2art.audit.bits.grid import MOST_MONTHS
from imp2art.cli.home import home, now
from imp2art.cli.options import check_needs, check_range, clear
from imp2art.codes.library import Library, read_library
from imp2art.core.period import add_months
from imp2art.core.place import check_apart
from imp2art.core.refusal import Refusal
from imp2art.extracts.delivery_manifest import read_delivery_manifest
from imp2art.extracts.delivery_store import StoreManifest, read_store
from imp2art.flows.audit_nation import WORKERS, AuditedNation, audit_nation, write_figures
from imp2art.flows.build_store import StoreProgress, add_to_store, build_store
from imp2art.flows.check_nation import check_by_twin
from imp2art.flows.write_peers import check_peers_place, write_peers

app = typer.Typer(
    help="Count every practice of a delivery: build a store, add a month, count it (docs/deliveries.md).",
    no_args_is_help=True,
)
# [C] a year in which a practice sees when it stood best and worst. Of the UK each is 2 MB for a site to read.
PEER_MONTHS = 12
NOT_AUDITED = 3  # exit code: all is written, but some practice of the delivery is in no figure
_Store = Annotated[Path, typer.Argument(metavar="STORE", help="A store's folder")]
_Delivery = Annotated[Path, typer.Argument(metavar="DELIVERY", help="A delivery's folder")]
_Workers = Annotated[int, typer.Option("--workers", help="How many cores", min=1, max=64)]


@app.command("build")
def build(
    delivery: _Delivery,
    out: Annotated[Path, typer.Option("--out", metavar="STORE", help="A new folder, or that of a store")],
    workers: _Workers = WORKERS,
) -> None:
    """Build a store from a whole delivery; it appears whole or not at all.

    Faulty rows are in no figure: rejects-<day>.csv in the store names each with its reason.
    """
    begun = now()
    _check_day(delivery)
    check_apart(out, delivery)
    clear(out)
    made = build_store(delivery, out, _library(), workers, _tell)
    print(f"{_told(made)} in {(now() - begun).total_seconds():.1f} s: {out}")
    _tell_rejected(made, out)
    _end_if_unread(made)


@app.command("append")
def append(store: _Store, delivery: _Delivery, workers: _Workers = WORKERS) -> None:
    """Add the delivery of the month that follows; what is in the store is not written again."""
    begun = now()
    _check_day(delivery)
    made = add_to_store(store, delivery, _library(), workers, _tell)
    print(f"{_told(made)} in {(now() - begun).total_seconds():.1f} s: {store}")
    _tell_rejected(made, store)
    _end_if_unread(made)


@app.command("audit")
def audit(
    store: _Store,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="A new folder, or that of an earlier audit")
    ],
    months: Annotated[int, typer.Option(help=f"How many month ends, 1 to {MOST_MONTHS}")] = 24,
    check: Annotated[int, typer.Option(help="Work out so many practices anew by the slow twin", min=0)] = 0,
    delivery: Annotated[
        list[Path] | None,
        typer.Option(help="With --check: what the store was built from, the whole delivery first"),
    ] = None,
    peers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write protected figures for practices: imp2art peers FILE"),
    ] = None,
    peer_months: Annotated[
        int | None,
        typer.Option(help=f"With --peers: how many of the newest month ends (else {PEER_MONTHS})"),
    ] = None,
    workers: _Workers = WORKERS,
) -> None:
    """Count every indicator at every month end in every practice: figures and percentiles.

    The figures in DIR are exact. They are not for anyone outside the practices before they have been
    protected, as those of --peers are.
    """
    begun, library, deliveries = now(), _library(), delivery or []
    check_range("--months", months, 1, MOST_MONTHS, "months")
    check_range("--peer-months", peer_months, 1, MOST_MONTHS, "months")
    check_needs("--peer-months", peer_months is not None, "--peers FILE", peers is not None)
    _check_wish(store, deliveries, check)
    check_apart(out, store, *deliveries)
    if peers is not None:
        check_peers_place(peers, out, store)
    clear(out, *filter(None, [peers]))
    audited = audit_nation(store, library, months, workers, _tell_practices)
    if check:
        _check(audited, store, deliveries, library, check)
    rows = write_figures(audited, out)
    for slug, lists in audited.not_configured.items():
        print(f"· {slug} is not configured: no codes yet for {', '.join(lists)}")
    _tell_rejected(audited.store, store)
    _tell_before(audited)
    practices = len(audited.counts.practices)
    took = (now() - begun).total_seconds()
    print(f"{rows:,} figures of {practices:,} practices in {took:.1f} s: {out / 'figures.parquet'}")
    if peers is not None:
        _write_peers(audited, store, peers, peer_months or PEER_MONTHS, workers)
    _end_if_unread(audited.store)


def _check_wish(store: Path, deliveries: list[Path], check: int) -> None:
    """What the slow twin is asked for must be there before the fast engine begins."""
    check_needs("--delivery", bool(deliveries), "--check NUMBER", check > 0)
    if not check:
        return
    if not deliveries:
        raise Refusal("To check, the slow twin needs what the store was built from: --delivery DELIVERY.")
    held = len(read_store(store).practices)
    if check > held:
        raise Refusal(f"--check {check} is more than the {held:,} practices of {store}. Give at most {held}.")


def _check_day(delivery: Path) -> None:
    manifest, _ = read_delivery_manifest(delivery)
    if manifest.taken_on > now().date():
        raise Refusal(
            f"{delivery} says that it was taken on {manifest.taken_on}, a day to come. Have it made anew."
        )


def _tell_rejected(made: StoreManifest, store: Path) -> None:
    if made.rejected:
        print(f"· {made.rejected:,} faulty rows are in no figure: see rejects-*.csv in {store}")


def _end_if_unread(made: StoreManifest) -> None:
    """Name the practices that are in no figure, and end with an exit code that a script hears."""
    if not made.unread:
        return
    names = {practice.code: practice.name for practice in made.practices}
    print("Not audited, because not one row of theirs in the file could be read:", file=sys.stderr)
    for each in made.unread:
        print(f"  {each.practice:10}{names[each.practice]:32}{each.file}", file=sys.stderr)
    print(
        "They are in no figure. Have their part of the delivery made anew, and build the store anew.",
        file=sys.stderr,
    )
    raise typer.Exit(NOT_AUDITED)


def _tell_before(audited: AuditedNation) -> None:
    """Of months that the deliveries do not cover, a count is too low and no share can be trusted."""
    start, ends = audited.store.period_start, audited.counts.month_ends
    before = sum(end < start for end in ends)
    if before:
        print(f"· {before} of {len(ends)} month ends lie before {start}, when the data begin: leave them out")
    if any(start <= end < add_months(start, 12) for end in ends):
        print(f"· what looks back over 12 months is too low before {add_months(start, 12)}")


def _write_peers(audited: AuditedNation, store: Path, file: Path, months: int, workers: int) -> None:
    begun = now()
    kept = write_peers(store, audited.store, audited.counts, audited.counted, file, months, workers)
    took, size = (now() - begun).total_seconds(), file.stat().st_size / 1e6
    practices = f"{len(audited.counts.practices):,} practices at {kept} month ends"
    print(f"{practices} to compare with, protected, {size:.1f} MB in {took:.1f} s: {file}")
    print("  A practice's site takes it in with: imp2art peers " + file.name)


def _check(
    audited: AuditedNation, store: Path, deliveries: list[Path], library: Library, practices: int
) -> None:
    found = check_by_twin(
        audited.counts,
        audited.indicators,
        store,
        deliveries,
        library,
        practices,
        lambda code: print(f"· working out practice {code} anew", flush=True),
    )
    print(
        f"· {found.people:,} people of {found.practices} practices worked out by the slow twin: "
        f"{found.differences} differences in {found.counts:,} counts"
    )
    if found.differences:
        raise Refusal(
            "The two engines differ, so no figure was kept. It is a fault of the software: please report it."
        )


def _library() -> Library:
    return read_library(home() / "codelists")


def _told(made: StoreManifest) -> str:
    rows, people = (sum(getattr(part, name) for part in made.parts) for name in ("rows", "people"))
    rejected = f", {made.rejected:,} of them faulty" if made.rejected else ""
    return f"{len(made.practices):,} practices, {people:,} people, {rows:,} rows{rejected}"


def _tell(at: StoreProgress) -> None:
    _over(f"{at.parts} of {at.of} parts, {at.rows:,} rows", at.parts == at.of)


def _tell_practices(done: int, of: int) -> None:
    _over(f"{done:,} of {of:,} practices", done == of)


def _over(words: str, last: bool) -> None:
    """One line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r{words}", end="\n" if last else "", file=sys.stderr, flush=True)
