"""The figures of a national audit become the peers.json that practices' sites compare theirs with."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.nation import NationCounts
from imp2art.audit.nation_figures import Flags
from imp2art.audit.nation_peers import decile_counts, peer_tables, peers_of
from imp2art.core.refusal import Refusal
from imp2art.core.whole_file import check_file, whole_file
from imp2art.extracts.delivery_store import QUIET, StoreManifest, StorePart, read_part
from imp2art.store.json_form import to_json

_BEGINS = b'{"month_ends"'


def check_peers_place(file: Path, *exact: Path) -> None:
    """Refuse a place that no file can have, and one within the `exact` folders: those never leave."""
    check_file(file)
    if file.exists() and not file.read_bytes()[:14].startswith(_BEGINS):
        raise Refusal(f"{file} is there and holds no figures of peers. Name another file, or take it away.")
    for folder in exact:
        if file.resolve().is_relative_to(folder.resolve()):
            raise Refusal(
                f"{file} lies in {folder}, and what is in there must not leave. Name another folder for "
                f"{file.name}, which goes to practices."
            )


def write_peers(
    store: Path,
    manifest: StoreManifest,
    counts: NationCounts,
    counted: Flags,
    file: Path,
    months: int,
    workers: int,
) -> int:
    """Write the protected figures of the newest `months` of what was counted from this store; how many
    month ends there are.

    The file is `audit.peers.PeerFigures` as JSON and appears whole or not at all. It is written indicator
    by indicator, so that memory does not grow with it. Raises `Refusal` for a store that is damaged.
    """
    nations = {practice.code: practice.nation for practice in manifest.practices}
    deciles = _deciles(store, manifest, workers)
    practices = peers_of(counts, [nations[code] for code in counts.practices], deciles)
    ends = counts.month_ends[-months:]
    with whole_file(file) as opened:
        opened.write(f'{{"month_ends": {_text(ends)},\n"practices": {_text(practices)},\n"tables": {{')
        for place, (slug, table) in enumerate(peer_tables(counts, counted, months)):
            opened.write(f"{',' if place else ''}\n{_text(slug)}: {_text(table)}")
        opened.write("}}\n")
    return len(ends)


def _deciles(store: Path, manifest: StoreManifest, workers: int) -> NDArray[np.int64]:
    """People of every practice by decile, in the order in which practices are counted."""

    def count(part: StorePart) -> NDArray[np.int64]:
        return decile_counts(*read_part(store, manifest, part, QUIET))

    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(count, manifest.parts)))


def _text(value: object) -> str:
    return json.dumps(to_json(value), separators=(",", ":"))
