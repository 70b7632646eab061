"""What is written is what is read, in both forms; and no bytes whatever do more than refuse."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from imp2art.audit.definitions.asthma_register import INDICATOR as ASTHMA_REGISTER
from imp2art.audit.records import records_of
from imp2art.audit.reference import find
from imp2art.codes.library import read_library
from imp2art.core.age import age_on
from imp2art.core.finding import Outcome
from imp2art.core.period import add_months, month_end
from imp2art.core.quantities import UNITS
from imp2art.core.refusal import Refusal
from imp2art.extracts.reader import open_extract
from imp2art.extracts.staging import stage_extract
from imp2art.extracts.writer import write_extract
from imp2art.flows.import_extract import register_size
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from tests.extract_files import (
    FACTS,
    NHS_NUMBERS,
    RIGHT,
    TAKEN_ON,
    batches,
    entry,
    rows_of,
    write_files,
    write_manifest,
)

LIBRARY = read_library()
BORN = date(1990, 5, 5)
MEASURES = sorted(set(UNITS) - {"L/min", "L", "cm", "kg"})
LISTED = sorted(
    (code.system.value, str(code))
    for slug in ("asthma-diagnosis", "asthma-resolved", "asthma-review")
    for code in LIBRARY.codelist(slug)
)
TREATMENT = sorted(map(str, LIBRARY.codelist("asthma-treatment")))
quiet = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(list(" ,\"';=@+-|\u200c")),
    min_size=1,
    max_size=40,
).filter(str.strip)
since_birth = st.dates(BORN, TAKEN_ON)
numbers = st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,6})?", fullmatch=True)


def spans(on: date) -> st.SearchStrategy[tuple[date, date]]:
    return st.sampled_from(
        [
            (on, on),
            (on.replace(day=1), month_end(on)),
            (date(on.year, 1, 1), date(on.year, 12, 31)),
        ]
    )


@st.composite
def people(draw):
    count = draw(st.integers(1, len(NHS_NUMBERS)))
    return [
        {
            "patient_id": f"P-{place}",
            "nhs_number": NHS_NUMBERS[place],
            "date_of_birth": BORN,
            "sex": draw(st.sampled_from("FMIU")),
            "given_name": draw(texts),
            "family_name": draw(texts),
            "imd_decile": draw(st.none() | st.integers(1, 10)),
            "ethnicity": draw(st.none() | st.sampled_from("ABZ")),
            "language": draw(st.none() | st.sampled_from(["en", "ur", "zh-Hant"])),
            "date_of_death": draw(st.none() | since_birth),
        }
        for place in range(count)
    ]


@st.composite
def extracts(draw):
    everyone = draw(people())
    ids = st.sampled_from([person["patient_id"] for person in everyone])

    @st.composite
    def spell(draw):
        start = draw(since_birth)
        end = draw(st.none() | st.dates(start, TAKEN_ON))
        return {
            "patient_id": draw(ids),
            "start_date": start,
            "end_date": end,
            "kind": draw(st.sampled_from(["gms", "gms", "temporary"])),
        }

    @st.composite
    def event(draw):
        first, last = draw(since_birth.flatmap(spans))
        system, code = draw(st.sampled_from(LISTED))
        value = draw(st.none() | numbers)
        return {
            "patient_id": draw(ids),
            "event_first": first,
            "event_last": last,
            "system": system,
            "code": code,
            "value": value,
            "unit": value and draw(st.sampled_from(MEASURES)),
        }

    @st.composite
    def issue(draw):
        return {
            "patient_id": draw(ids),
            "issue_date": draw(st.dates(TAKEN_ON - timedelta(days=500), TAKEN_ON)),
            "code": draw(st.sampled_from(TREATMENT)),
            "quantity": draw(st.none() | numbers),
            "unit": draw(st.sampled_from(["device", "dose"])),
            "directions": draw(st.none() | texts),
        }

    return {
        "patients": everyone,
        "registrations": draw(st.lists(spell(), max_size=6)),
        "events": draw(st.lists(event(), max_size=12)),
        "issues": draw(st.lists(issue(), max_size=8)),
    }


@given(extracts(), st.sampled_from(["csv", "parquet"]))
@quiet
def test_what_is_written_is_what_is_read(rows, form):
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "x"
        manifest = write_extract(folder, FACTS, {table: batches(table, rows[table]) for table in rows}, form)
        extract = open_extract(folder)
        assert extract.manifest == manifest
        for table in rows:
            found = pa.Table.from_batches(extract.clean_batches(table, None), CLEAN_SCHEMAS[table])
            assert found.equals(pa.Table.from_batches(batches(table, rows[table])))
        assert list(extract.rejects) == []


YEAR_AGO = add_months(TAKEN_ON, -12)
SOON = timedelta(days=1)
# Few days, so that the same one is drawn for a diagnosis and a resolution, and each boundary is met.
diagnosis_days = st.sampled_from([date(2023, 2, 1), date(2023, 3, 5), date(2023, 3, 31)]).flatmap(spans)


def someone(entries, *, treated=TAKEN_ON, start=YEAR_AGO, end=None, kind="gms", born=BORN, died=None):
    """One person with all that the register asks for, but for what is changed."""
    who = {"patient_id": "P-0"}
    name = {"sex": "F", "given_name": "Ada", "family_name": "Lee"}
    return {
        "patients": [
            {**who, "nhs_number": NHS_NUMBERS[0], "date_of_birth": born, "date_of_death": died, **name}
        ],
        "registrations": [{**who, "start_date": start, "end_date": end, "kind": kind}],
        "events": [
            {**who, "event_first": first, "event_last": last, "system": system, "code": code}
            for (system, code), (first, last) in entries
        ],
        "issues": [{**who, "issue_date": treated, "code": TREATMENT[0], "unit": "device"}],
    }


DIAGNOSED = ("snomed", "195967001")
concepts = st.sampled_from([DIAGNOSED, DIAGNOSED, ("snomed", "162660004"), ("readv2", "212G.")])
unsure = st.lists(st.tuples(concepts, diagnosis_days), min_size=1, max_size=3).map(someone)
at_the_edge = st.builds(
    someone,
    st.just([(DIAGNOSED, (date(2023, 3, 5), date(2023, 3, 5)))]),
    treated=st.sampled_from([YEAR_AGO, YEAR_AGO + SOON, TAKEN_ON]),
    start=st.sampled_from([TAKEN_ON - SOON, TAKEN_ON]),
    end=st.sampled_from([None, TAKEN_ON]),
    kind=st.sampled_from(["gms", "other"]),
    born=st.sampled_from([BORN, *(add_months(TAKEN_ON, -60) + shift for shift in (-SOON, 0 * SOON, SOON))]),
    died=st.sampled_from([None, TAKEN_ON]),
)


def counted_and_told(rows) -> tuple[int, list[Outcome]]:
    """The quick count, and the rule's answer for each person."""
    tables = {table: batches(table, rows[table]) for table in rows}
    with tempfile.TemporaryDirectory() as room:
        write_extract(Path(room) / "x", FACTS, tables)
        staged = stage_extract(open_extract(Path(room) / "x"), LIBRARY.all_codes(), Path(room) / "staged")
        counted = register_size(staged, LIBRARY, TAKEN_ON)
    clean = {table: pa.Table.from_batches(tables[table]) for table in tables}
    records = records_of(clean, [person["patient_id"] for person in rows["patients"]])
    return counted, [find(ASTHMA_REGISTER, record, TAKEN_ON, LIBRARY).outcome for record in records]


MARCH, YEAR = (date(2023, 3, 1), date(2023, 3, 31)), (date(2023, 1, 1), date(2023, 12, 31))
FEBRUARY_1, MARCH_5, MARCH_31 = (
    (day, day) for day in (date(2023, 2, 1), date(2023, 3, 5), date(2023, 3, 31))
)
ENDED = ("snomed", "162660004")


# Two diagnoses that end on the same day, and one that ends later but may have begun earlier.
@example(someone([(DIAGNOSED, MARCH), (DIAGNOSED, MARCH_31), (ENDED, MARCH_5)]))
@example(someone([(DIAGNOSED, YEAR), (DIAGNOSED, MARCH_5), (ENDED, FEBRUARY_1)]))
@given(unsure | at_the_edge)
@settings(quiet, max_examples=250)
def test_the_register_count_agrees_with_the_rule(rows):
    counted, told = counted_and_told(rows)
    assert counted == told.count(Outcome.MET)


@given(extracts())
@settings(quiet, max_examples=20)
def test_the_register_count_agrees_over_several_people(rows):
    counted, told = counted_and_told(rows)
    assert counted == told.count(Outcome.MET)


cells = st.one_of(
    st.sampled_from(
        ["", "p1", "p2", "2020-05-01", "2026-02", "snomed", "195967001", "715191006", "480", "L/min", "x"]
    ),
    texts,
)


@given(st.lists(st.lists(cells, min_size=6, max_size=6), max_size=30))
@quiet
def test_every_row_is_kept_rejected_or_left_out(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([RIGHT["events"].splitlines()[0].split(","), *rows])
    with tempfile.TemporaryDirectory() as room:
        extract = open_extract(write_files(Path(room) / "x", {"events": text.getvalue()}))
        kept = sum(batch.num_rows for batch in extract.clean_batches("events", LIBRARY.all_codes()))
    assert kept + len(extract.rejects) + extract.left_out["events"] == len(rows)


def refusal_of(folder: Path) -> str:
    """The sentence of the refusal, or an empty text; any other exception fails the test."""
    try:
        rows_of(open_extract(folder), "events")
    except Refusal as refusal:
        return str(refusal)
    return ""


@given(
    st.lists(
        st.tuples(st.integers(0, len(RIGHT["events"]) - 1), st.binary(min_size=1, max_size=3)), max_size=4
    )
)
@quiet
def test_a_csv_with_any_bytes_in_it_is_read_or_refused(changes):
    content = bytearray(RIGHT["events"].encode())
    for place, put in changes:
        content[place : place + 1] = put
    with tempfile.TemporaryDirectory() as room:
        refusal = refusal_of(write_files(Path(room) / "x", {"events": bytes(content)}))
    assert not refusal or refusal.startswith("events.csv")


@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=5))
@quiet
def test_a_parquet_file_with_any_bytes_in_it_is_read_or_refused(changes):
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "x"
        write_extract(
            folder,
            FACTS,
            {
                "patients": batches(
                    "patients",
                    [
                        {
                            "patient_id": "p1",
                            "nhs_number": NHS_NUMBERS[0],
                            "date_of_birth": BORN,
                            "sex": "F",
                            "given_name": "A",
                            "family_name": "B",
                        }
                    ],
                ),
                "registrations": [],
                "issues": [],
                "events": batches(
                    "events",
                    [
                        {
                            "patient_id": "p1",
                            "event_first": TAKEN_ON,
                            "event_last": TAKEN_ON,
                            "system": "snomed",
                            "code": "195967001",
                        }
                    ],
                ),
            },
            "parquet",
        )
        path = folder / "events.parquet"
        content = bytearray(path.read_bytes())
        for place, put in changes:
            content[int(place * len(content))] = put
        path.write_bytes(content)
        names = [f"{table}.parquet" for table in RIGHT]
        rows = {"patients.parquet": 1, "events.parquet": 1}
        write_manifest(folder, files=[entry(n, (folder / n).read_bytes(), rows.get(n, 0)) for n in names])
        refusal = refusal_of(folder)
    assert not refusal or refusal.startswith("events.parquet")


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 90))
def test_old_enough_is_the_same_day_in_the_count_and_in_the_rule(on, years):
    for born in (add_months(on, -12 * years) + timedelta(days=shift) for shift in (-1, 0, 1)):
        assert (born <= add_months(on, -12 * years)) == (age_on(born, on) >= years)
