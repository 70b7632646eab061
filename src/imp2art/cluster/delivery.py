"""What a delivery's manifest tells an engine: which files there are, how many rows, as at which day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from imp2art.cluster.rows import TABLES
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal
from imp2art.record.delivery_form import DELIVERY_FORMAT


@dataclass(frozen=True, slots=True)
class Delivery:
    """`files` are each table's addresses as the engine's machines see them, `rows` its rows in all.

    `digest` is that of the manifest, which holds those of the files.
    """

    address: str
    taken_on: date
    practices: tuple[str, ...]
    files: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, int]
    digest: str


def delivery_of(address: str, manifest: str) -> Delivery:
    """The delivery at `address`, from the text of its manifest. Every fault is a `Refusal`."""
    try:
        told = json.loads(manifest)
        if told["format"] != DELIVERY_FORMAT:
            raise Refusal(f"{address} is not a delivery of the form {DELIVERY_FORMAT}.")
        if told.get("adds"):
            raise Refusal(f"{address} only adds to an earlier delivery. A cluster counts whole ones.")
        named = {name: [file for file in told["files"] if _table(file["name"]) == name] for name in TABLES}
        delivery = Delivery(
            address,
            date.fromisoformat(told["taken_on"]),
            tuple(sorted(str(practice["code"]) for practice in told["practices"])),
            {name: tuple(f"{address}/{file['name']}" for file in files) for name, files in named.items()},
            {name: sum(int(file["rows"]) for file in files) for name, files in named.items()},
            digest_of(manifest.encode()),
        )
    except (ValueError, KeyError, TypeError):
        raise Refusal(f"{address}/manifest.json is damaged: copy the delivery again.") from None
    if not delivery.practices:
        raise Refusal(f"{address}/manifest.json names no practice.")
    if missing := [name for name, files in delivery.files.items() if not files]:
        raise Refusal(f"{address}/manifest.json names no file of {', '.join(missing)}.")
    return delivery


def _table(name: str) -> str:
    """The table that a file such as `part-000/events.parquet` holds."""
    return name.rpartition("/")[2].removesuffix(".parquet")
