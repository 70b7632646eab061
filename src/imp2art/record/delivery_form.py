"""A delivery: the pseudonymised records of many practices at once, as Parquet, for figures alone.

`<folder>/manifest.json` and `<folder>/part-000/` … each with the four tables below. A practice lies whole
in one part; rows may stand in any order. `patient` is a pseudonym that is unique in the delivery. Codes are
text. `first == last` for a whole date. There are no names, no NHS numbers and no directions.

A delivery whose manifest says `"adds": true` holds only what was recorded after an earlier one:
patients and registrations that are new or changed, and new events and issues.
"""

import pyarrow as pa

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
