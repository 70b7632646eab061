"""What a review wrote, as files that a practice's own system can take in: codes and the plan's page.

One folder an intent: `<practice>/<key>/entries.csv` and `plan.pdf`. It appears whole or not at all, and
writing the same key again changes nothing, so that a worker may try as often as it must.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HEADER = ("nhs_number", "date", "system", "code", "term", "value", "unit")


@dataclass(frozen=True, slots=True)
class HandOver:
    """`rows` are cells in the order of `HEADER`; `pdf` is None where no plan was issued."""

    practice: str
    key: str
    rows: tuple[tuple[str, ...], ...]
    pdf: bytes | None


def write_hand_over(folder: Path, hand_over: HandOver) -> Path:
    """Write one folder and return it. An `OSError` leaves nothing but a `.part` folder behind."""
    target = folder / hand_over.practice / hand_over.key
    if target.exists():
        return target
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    (part / "entries.csv").write_text(_csv_of(hand_over.rows), encoding="utf-8", newline="")
    if hand_over.pdf is not None:
        (part / "plan.pdf").write_bytes(hand_over.pdf)
    part.rename(target)
    return target


def _csv_of(rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue()
