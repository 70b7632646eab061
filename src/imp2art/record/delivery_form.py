"""A delivery: the pseudonymised records of many practices at once, as Parquet, for figures alone.

`<folder>/manifest.json` and `<folder>/part-000/` … each with the four tables below. A practice lies whole
in one part; rows may stand in any order. `patient` is a pseudonym that is unique in the delivery. Codes are
text. `first == last` for a whole date. There are no names, no NHS numbers and no directions.

A delivery whose manifest says `"adds": true` holds only what was recorded after an earlier one, up to whose
`taken_on` its `period_start` follows: patients who are new or changed, registrations that are new or changed
(one with a `start` that the patient has already takes that one's place), and new events and issues. It has
the same practices in the same parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from imp2art.record.extract_schema import ExtractFile

DELIVERY_FORMAT = "imp2art-delivery/1"

_DAY = pa.date32()
_TEXT = pa.string()
_PATIENT = pa.field("patient", pa.int64(), nullable=False)


def _needed(name: str, kind: pa.DataType = _TEXT) -> pa.Field:
    return pa.field(name, kind, nullable=False)


DELIVERY_SCHEMAS: dict[str, pa.Schema] = {
    "patients": pa.schema(
        [
            _needed("practice"),
            _PATIENT,
            _needed("born", _DAY),
            _needed("sex"),
            ("imd_decile", pa.int8()),
            ("ethnicity", _TEXT),
            ("died", _DAY),
        ]
    ),
    "registrations": pa.schema([_PATIENT, _needed("start", _DAY), ("end", _DAY), _needed("kind")]),
    "events": pa.schema(
        [
            _PATIENT,
            _needed("first", _DAY),
            _needed("last", _DAY),
            _needed("system"),
            _needed("code"),
            ("value", _TEXT),
            ("unit", _TEXT),
        ]
    ),
    "issues": pa.schema(
        [_PATIENT, _needed("on", _DAY), _needed("code"), ("quantity", _TEXT), _needed("unit")]
    ),
}


@dataclass(frozen=True, slots=True)
class DeliveredPractice:
    """A practice of a delivery. `list_size` are those on its list and alive at the end of `taken_on`;
    `part` is the folder that holds it, such as `part-000`."""

    code: str
    name: str
    nation: str
    list_size: int
    part: str


@dataclass(frozen=True, slots=True)
class DeliveryManifest:
    """What a delivery holds: `taken_on` is the day that the records were as it shows them.

    `files` are named with their folder, such as `part-000/events.parquet`; `digest` is of their bytes.
    """

    format: str
    adds: bool
    period_start: date
    taken_on: date
    practices: tuple[DeliveredPractice, ...]
    files: tuple[ExtractFile, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders, in order."""
        return tuple(sorted({practice.part for practice in self.practices}))
