"""A delivery becomes a compact store that every figure is counted from, and a month is added to it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from shutil import rmtree

from imp2art import __version__
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.indicator import Indicator
from imp2art.audit.packing.kinds import kind_maker
from imp2art.audit.packs import missing_lists
from imp2art.codes.library import Library
from imp2art.core.place import named_place
from imp2art.core.refusal import Refusal
from imp2art.core.whole_folder import whole_folder
from imp2art.extracts.delivery_layers import write_base, write_month
from imp2art.extracts.delivery_manifest import read_delivery_manifest
from imp2art.extracts.delivery_parts import add_part, build_part, open_part
from imp2art.extracts.delivery_store import (
    BASE,
    QUIET,
    STORE_FORMAT,
    StoreLayer,
    StoreManifest,
    StorePart,
    check_lists,
    foreign_in,
    read_part,
    read_store,
    write_store_manifest,
)
from imp2art.extracts.delivery_unread import Unread
from imp2art.extracts.rejects import RejectList
from imp2art.record.delivery_form import DeliveredPractice, DeliveryManifest

WORKERS = 2


@dataclass(frozen=True, slots=True)
class StoreProgress:
    """How far a build is: parts done, of how many, and the delivery's rows in them."""

    parts: int
    of: int
    rows: int


Tell = Callable[[StoreProgress], None]
_Part = tuple[StorePart, RejectList, tuple[Unread, ...]]


def countable(library: Library) -> tuple[Indicator, ...]:
    """Every indicator that this library has the codelists for, of whatever nation."""
    return tuple(each for each in INDICATORS.values() if not missing_lists(each, library))


def build_store(
    delivery: Path, out: Path, library: Library, workers: int = WORKERS, tell: Tell = lambda _: None
) -> StoreManifest:
    """Build a store in the folder `out` from a whole delivery; it appears whole or not at all.

    Faulty rows are in no figure; `rejects-<day>.csv` in the store names each. Raises `Refusal` for a
    delivery whose files are not what its manifest says, and for an `out` with anything but a store in it.
    """
    manifest, digest = read_delivery_manifest(delivery)
    if manifest.adds:
        raise Refusal(
            f"{delivery} only adds to an earlier delivery: imp2art store append STORE {delivery.name}."
        )
    _check_out(out)
    kinds = kind_maker(countable(library), library)

    def build(name: str) -> _Part:
        opened, rejects = open_part(delivery, manifest, name), RejectList()
        base, unread = build_part(opened, replace(kinds, numbers={}), rejects)
        layer = StoreLayer(BASE, write_base(room / name / BASE, base))
        return StorePart(name, (layer,), base.people, opened.rows), rejects, unread

    with whole_folder(out) as room:
        done = _in_parallel(build, manifest.parts, workers, tell)
        _check_some_are_read(delivery, manifest, done)
        rejected = _write_rejects(room, manifest, [rejects for _, rejects, _ in done])
        store = StoreManifest(
            format=STORE_FORMAT,
            code_version=__version__,
            period_start=manifest.period_start,
            taken_on=manifest.taken_on,
            deliveries=(digest,),
            practices=manifest.practices,
            parts=tuple(part for part, *_ in done),
            lists={slug: library.codelist(slug).digest for slug in sorted(kinds.needs.lists)},
            needs=kinds.needs,
            rejected=rejected,
            unread=_unread(done),
        )
        write_store_manifest(room, store)
    return store


def add_to_store(
    store: Path, delivery: Path, library: Library, workers: int = WORKERS, tell: Tell = lambda _: None
) -> StoreManifest:
    """Add the month that follows to a store; what is there is only read, and stays if anything fails.

    Raises `Refusal` as `build_store` does, and for a delivery that does not follow on the store, has
    other practices or parts, or for which the rules or codelists have changed since the store was built.
    """
    held = read_store(store)
    manifest, digest = read_delivery_manifest(delivery)
    _check_follows(held, manifest, delivery)
    kinds = kind_maker(countable(library), library)
    check_lists(held, kinds.needs, library)
    name = manifest.taken_on.isoformat()

    def add(part_name: str) -> _Part:
        part = next(each for each in held.parts if each.name == part_name)
        opened, rejects = open_part(delivery, manifest, part_name), RejectList()
        base, months = read_part(store, held, part, QUIET)
        numbers = {kind: place for place, kind in enumerate((months[-1] if months else base.pack).kinds)}
        month, unread = add_part(
            opened, base, months, replace(kinds, needs=held.needs, numbers=numbers), rejects
        )
        folder = store / part_name / name
        rmtree(folder, ignore_errors=True)  # left by an addition that was cut off: no manifest names it
        layer = StoreLayer(name, write_month(folder, month))
        people = part.people + len(month.new_ids)
        rows = part.rows + opened.rows
        return StorePart(part_name, (*part.layers, layer), people, rows), rejects, unread

    with named_place(store):
        done = _in_parallel(add, manifest.parts, workers, tell)
        rejected = _write_rejects(store, manifest, [rejects for _, rejects, _ in done])
        grown = replace(
            held,
            taken_on=manifest.taken_on,
            deliveries=(*held.deliveries, digest),
            practices=manifest.practices,
            parts=tuple(part for part, *_ in done),
            rejected=held.rejected + rejected,
            unread=(*held.unread, *_unread(done)),
        )
        write_store_manifest(store, grown)
    return grown


def _unread(done: Iterable[_Part]) -> tuple[Unread, ...]:
    """The practices that are in no figure, each with the first of its files that nothing was read of."""
    first: dict[str, Unread] = {}
    for *_, unread in done:
        for each in unread:
            first.setdefault(each.practice, each)
    return tuple(first[code] for code in sorted(first))


def _check_some_are_read(delivery: Path, manifest: DeliveryManifest, done: Sequence[_Part]) -> None:
    """A store without a practice to count is no store."""
    unread = _unread(done)
    if len(unread) < len(manifest.practices):
        return
    file = unread[0].file
    reasons = {
        key: rows for _, rejects, _ in done for key, rows in rejects.reasons().items() if key[0] == file
    }
    _, column, reason = max(reasons, key=reasons.__getitem__, default=("", "its rows", "there are none"))
    raise Refusal(
        f"{delivery}: of none of its {len(unread)} practices could a row of {file} be read. "
        f"Most often, {column}: {reason}. Have the delivery made anew; nothing was written."
    )


def _check_out(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise Refusal(f"{out} is a file. Name a folder for the store.")
    foreign = list(foreign_in(out)) if out.exists() else []
    if foreign:
        raise Refusal(
            f"{out} holds what is no store's ({len(foreign)} more, such as {foreign[0][:60]!r}). Name an "
            "empty or a new folder."
        )


def _check_follows(held: StoreManifest, manifest: DeliveryManifest, delivery: Path) -> None:
    if not manifest.adds:
        raise Refusal(f"{delivery} is a whole delivery: build a new store from it with imp2art store build.")
    if manifest.period_start != held.taken_on + timedelta(days=1):
        raise Refusal(
            f"The store ends on {held.taken_on} and {delivery} begins on {manifest.period_start}. Add the "
            "delivery that begins on the day after, or build the store anew."
        )
    if _places(manifest.practices) != _places(held.practices):
        raise Refusal(
            f"{delivery} has other practices than the store, or in other parts or nations. Build the store "
            "anew from a whole delivery."
        )


def _places(practices: Iterable[DeliveredPractice]) -> list[tuple[str, str, str]]:
    return [(each.code, each.part, each.nation) for each in practices]


def _in_parallel(work: Callable[[str], _Part], parts: Sequence[str], workers: int, tell: Tell) -> list[_Part]:
    """Each part by one of so many threads: the loops and the reader of Parquet run beside one another."""
    done: list[_Part] = []
    with ThreadPoolExecutor(workers) as pool:
        try:
            for part in pool.map(work, parts):
                done.append(part)
                tell(StoreProgress(len(done), len(parts), sum(each.rows for each, *_ in done)))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return done


def _write_rejects(store: Path, manifest: DeliveryManifest, found: Iterable[RejectList]) -> int:
    """Name every faulty row; how many there are."""
    lists = list(found)
    with (store / f"rejects-{manifest.taken_on}.csv").open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(("file", "row", "column", "reason"))
        writer.writerows(_told(lists))
    return sum(map(len, lists))


def _told(lists: Iterable[RejectList]) -> Iterator[tuple[str, int, str, str]]:
    for rejects in lists:
        yield from ((each.file, each.row, each.column, each.reason) for each in rejects)
