"""The manifest of a store: what it was built from, and which layers each part has.

`<store>/manifest.json`, and for each part `<store>/part-000/base/` and a folder a month beside it. What
the manifest does not name does not count: a build or a month that was cut off leaves the store as it was.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from imp2art.audit.packing.compact import Base, Month
from imp2art.audit.packing.packed import Needs
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.extracts.delivery_layers import check_bytes, read_base, read_month
from imp2art.extracts.delivery_unread import Unread
from imp2art.record.delivery_form import DeliveredPractice
from imp2art.record.extract_schema import MANIFEST_NAME

STORE_FORMAT = "imp2art-store/1"
BASE = "base"
QUIET = "quiet.bin"  # those whom no rule counts: read where a month is added, or people by decile
_REJECTS = re.compile(r"rejects-[0-9]{4}-[0-9]{2}-[0-9]{2}\.csv")


@dataclass(frozen=True, slots=True)
class StoreLayer:
    """One folder of a part: `base`, or a month such as `2026-10-31`. `digest` is of its index."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class StorePart:
    """A part: its layers from the base on, and how many people and rows they were made of."""

    name: str
    layers: tuple[StoreLayer, ...]
    people: int
    rows: int


@dataclass(frozen=True, slots=True)
class StoreManifest:
    """`deliveries` are the digests of the manifests that went in, oldest first. `rejected` rows are in
    no figure, nor are the practices of `unread`. `lists` are the digests of the codelists, `needs` what the
    rules read that it was built for."""

    format: str
    code_version: str
    period_start: date
    taken_on: date
    deliveries: tuple[str, ...]
    practices: tuple[DeliveredPractice, ...]
    parts: tuple[StorePart, ...]
    lists: dict[str, str]
    needs: Needs
    rejected: int
    unread: tuple[Unread, ...] = ()

    def practices_of(self, part: str) -> tuple[str, ...]:
        """The practices of a part, in order."""
        return tuple(practice.code for practice in self.practices if practice.part == part)


def read_store(store: Path) -> StoreManifest:
    """The manifest of the store in this folder, or a `Refusal`."""
    path = store / MANIFEST_NAME
    if not path.is_file():
        raise Refusal(f"{store} is no store. Build one: imp2art store build DELIVERY --out {store.name}.")
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=StoreManifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(f"{path} is no manifest of a store, or damaged. Build the store anew.") from None
    if manifest.format != STORE_FORMAT:
        raise Refusal(f"{path}: this version of imp2art reads {STORE_FORMAT} alone. Build the store anew.")
    return manifest


def write_store_manifest(store: Path, manifest: StoreManifest) -> None:
    """Put the manifest in place at once: from then on the store is as it says."""
    beside = store / f".{MANIFEST_NAME}.new"
    with beside.open("wb") as opened:
        opened.write(msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n")
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(store / MANIFEST_NAME)


def check_lists(manifest: StoreManifest, needs: Needs, library: Library) -> None:
    """Refuse a store that was built for other rules, or with other codelists than those now in force."""
    changed = [
        slug for slug in sorted(needs.lists) if manifest.lists.get(slug) != library.codelist(slug).digest
    ]
    if changed or not manifest.needs.cover(needs):
        what = f"the codelists {', '.join(changed[:5])}" if changed else "the rules"
        raise Refusal(f"The store was built before {what} became what they are. Build it anew.")


def read_part(
    store: Path, manifest: StoreManifest, part: StorePart, *files: str
) -> tuple[Base, tuple[Month, ...]]:
    """A part and its months, mapped into memory; every byte that counting reads is checked first.

    Whoever reads of other `files` too, which only adding and deciles do, names them to be checked.
    """
    folders = [store / part.name / layer.name for layer in part.layers]
    for folder in folders:
        check_bytes(folder, "pack.bin", *files)
    base = read_base(folders[0], part.layers[0].digest, manifest.practices_of(part.name), manifest.needs)
    months = zip(folders[1:], part.layers[1:], strict=True)
    return base, tuple(read_month(folder, layer.digest) for folder, layer in months)


def foreign_in(store: Path) -> Iterator[str]:
    """What is in the folder of an earlier store, or in a folder that holds none, and is not a store's own."""
    own = {MANIFEST_NAME} if (store / MANIFEST_NAME).is_file() else set()
    if own:
        own |= {part.name for part in read_store(store).parts}
    for entry in sorted(store.iterdir()):
        if entry.name not in own and not (own and _REJECTS.fullmatch(entry.name)):
            yield entry.name
