"""An extract's tables between rooms: checked rows as Arrow batches, columns by these names.

The reader gives them, the simulator makes them, the store keeps them and the audit counts them.
Numbers of events and issues stay decimal text, so that 0.010 stays 0.010. A whole event date has
`event_first == event_last`; a part of one spans its year or month.
"""

import pyarrow as pa

_DAY = pa.date32()
_TEXT = pa.string()


def _needed(name: str, kind: pa.DataType = _TEXT) -> pa.Field:
    return pa.field(name, kind, nullable=False)


CLEAN_SCHEMAS: dict[str, pa.Schema] = {
    "patients": pa.schema(
        [
            _needed("patient_id"),
            _needed("nhs_number"),
            _needed("date_of_birth", _DAY),
            _needed("sex"),
            _needed("given_name"),
            _needed("family_name"),
            ("imd_decile", pa.int8()),
            ("ethnicity", _TEXT),
            ("language", _TEXT),
            ("date_of_death", _DAY),
        ]
    ),
    "registrations": pa.schema(
        [_needed("patient_id"), _needed("start_date", _DAY), ("end_date", _DAY), _needed("kind")]
    ),
    "events": pa.schema(
        [
            _needed("patient_id"),
            _needed("event_first", _DAY),
            _needed("event_last", _DAY),
            _needed("system"),
            _needed("code"),
            ("value", _TEXT),
            ("unit", _TEXT),
        ]
    ),
    "issues": pa.schema(
        [
            _needed("patient_id"),
            _needed("issue_date", _DAY),
            _needed("code"),
            ("quantity", _TEXT),
            _needed("unit"),
            ("directions", _TEXT),
        ]
    ),
}
