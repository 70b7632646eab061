"""The shape of an extract: one folder a practice, a manifest and four tables.

The one place where the columns are named: the reader, the writer, the simulator and the page in
`docs/` all take them from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.core.identifiers import PracticeCode

EXTRACT_FORMAT = "imp2art-extract/1"
MANIFEST_NAME = "manifest.json"


class ColumnKind(StrEnum):
    """How a cell is written. In Parquet, `DAY` may be date32 and the numbers numeric; all else text."""

    PATIENT_ID = "patient id"  # 1–36 ASCII letters, digits and hyphens
    NHS_NUMBER = "NHS number"
    DAY = "day"  # 2026-03-31
    PARTIAL_DAY = "day or part"  # 2026-03-31, 2026-03 or 2026
    NAME = "name"
    TEXT = "text"
    SEX = "sex"
    DECILE = "decile"
    ETHNICITY = "ethnicity"
    LANGUAGE = "language"
    REGISTRATION_KIND = "registration kind"
    SYSTEM = "coding system"
    CODE = "code"
    DECIMAL = "decimal"
    UNIT = "unit"
    ISSUE_UNIT = "issue unit"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: an empty cell is allowed only where it is not `required`."""

    name: str
    kind: ColumnKind
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class ExtractTable:
    """One file of the folder: `<name>.csv` or `<name>.parquet`."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


PATIENTS = ExtractTable(
    "patients",
    "Everyone who was on the list at any time in the period; the people without asthma too.",
    (
        Column("patient_id", ColumnKind.PATIENT_ID, True, "The system's own number for the person"),
        Column("nhs_number", ColumnKind.NHS_NUMBER, True, "NHS number, CHI number or H&C number"),
        Column("date_of_birth", ColumnKind.DAY, True, "Date of birth"),
        Column("sex", ColumnKind.SEX, True, "F, M, I (indeterminate) or U (unknown)"),
        Column("given_name", ColumnKind.NAME, True, "First name"),
        Column("family_name", ColumnKind.NAME, True, "Last name"),
        Column("imd_decile", ColumnKind.DECILE, False, "Deprivation: 1 (most deprived) to 10"),
        Column("ethnicity", ColumnKind.ETHNICITY, False, "NHS data dictionary ethnic category, A to Z"),
        Column("language", ColumnKind.LANGUAGE, False, "Main spoken language as a BCP 47 tag, such as ur"),
        Column("date_of_death", ColumnKind.DAY, False, "Date of death"),
    ),
)
REGISTRATIONS = ExtractTable(
    "registrations",
    "When each person was on the list; one row a spell.",
    (
        Column("patient_id", ColumnKind.PATIENT_ID, True, "As in patients"),
        Column("start_date", ColumnKind.DAY, True, "First day on the list"),
        Column("end_date", ColumnKind.DAY, False, "First day no longer on the list; empty: still on it"),
        Column("kind", ColumnKind.REGISTRATION_KIND, True, "gms, temporary or other"),
    ),
)
EVENTS = ExtractTable(
    "events",
    "Coded entries. Entries whose code no list holds are counted, left out and never kept.",
    (
        Column("patient_id", ColumnKind.PATIENT_ID, True, "As in patients"),
        Column("event_date", ColumnKind.PARTIAL_DAY, True, "When it happened: 2026-03-31, 2026-03 or 2026"),
        Column("system", ColumnKind.SYSTEM, True, "snomed, readv2 or ctv3"),
        Column("code", ColumnKind.CODE, True, "The code, as text"),
        Column("value", ColumnKind.DECIMAL, False, "The number recorded with it"),
        Column("unit", ColumnKind.UNIT, False, "Its unit; needed when there is a value"),
    ),
)
ISSUES = ExtractTable(
    "issues",
    "Medicines issued, one row an issue.",
    (
        Column("patient_id", ColumnKind.PATIENT_ID, True, "As in patients"),
        Column("issue_date", ColumnKind.DAY, True, "When it was issued"),
        Column("code", ColumnKind.CODE, True, "The dm+d code (VMP or AMP), as text"),
        Column("quantity", ColumnKind.DECIMAL, False, "How much"),
        Column(
            "unit", ColumnKind.ISSUE_UNIT, True, "What the quantity counts: device, dose, tablet, ml, other"
        ),
        Column("directions", ColumnKind.TEXT, False, "The directions on the label"),
    ),
)
EXTRACT_TABLES = (PATIENTS, REGISTRATIONS, EVENTS, ISSUES)


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """One file as the manifest states it: `rows` without the header, `digest` of its bytes."""

    name: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class ExtractManifest:
    """What the folder holds. `taken_on` is the day that the record was as the extract shows it."""

    format: str
    practice: PracticeCode
    practice_name: str
    nation: str
    system: str
    period_start: date
    taken_on: date
    files: tuple[ExtractFile, ...]
