"""What the store hands out is what was kept: people, entries and issues, and our own codes among them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imp2art.codes.identifiers import Ctv3Code
from imp2art.core.refusal import Refusal
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.patient import Registration, RegistrationKind, Sex
from imp2art.store import records as records_module
from imp2art.store.scope import PracticeScope
from tests.builders import (
    ASTHMA,
    PEAK_FLOW,
    REVIEW,
    build_event,
    build_issue,
    build_record,
    clean_batches,
)
from tests.conftest import OURS, keep_people, public_id_of
from tests.integration.reviews import finish, without_plan, written

pytestmark = pytest.mark.django_db

RICH = build_record(
    7,
    events=[
        build_event(ASTHMA, "2009"),
        build_event("H33..", "2012-05", system="ctv3"),
        build_event(PEAK_FLOW, "2026-03-01", "410.50"),
    ],
    issues=[build_issue("2026-01-05", quantity=None), build_issue("2026-02-05", quantity="0.010")],
    registrations=[
        Registration(date(2001, 2, 3), date(2005, 6, 7), RegistrationKind.TEMPORARY),
        Registration(date(2010, 1, 1), None, RegistrationKind.GMS),
    ],
    sex=Sex.INDETERMINATE,
    imd_decile=3,
    ethnicity="J",
    language="ur",
    died=date(2026, 10, 1),
    family_name="Ó Canary-O'Brien",
)
ME = public_id_of(OURS, 7)


def rows_of(table_or_batches) -> Counter:
    """The rows of a table, whatever their order."""
    return Counter(tuple(row.values()) for part in table_or_batches for row in part.to_pylist())


def events_of_tables() -> list[dict]:
    return PracticeScope(OURS).clean_tables()["events"].to_pylist()


def test_a_record_comes_back_as_it_went_in():
    keep_people(OURS, [RICH])
    record = PracticeScope(OURS).record(ME).record
    assert record == RICH
    assert [type(event.code) for event in record.events if event.code == "H33.."] == [Ctv3Code]


def test_all_records_are_those_of_the_extract_chunk_by_chunk(monkeypatch):
    monkeypatch.setattr(records_module, "PEOPLE_A_CHUNK", 2)
    people = [RICH, *(build_record(number) for number in range(10, 15))]
    keep_people(OURS, people)
    assert [kept.record for kept in PracticeScope(OURS).records()] == people


def test_a_chunk_costs_the_same_queries_whatever_its_people():
    def queries(count: int, taken_on: date) -> int:
        keep_people(OURS, [build_record(number) for number in range(count)], taken_on)
        with CaptureQueriesContext(connection) as captured:
            assert len(list(PracticeScope(OURS).records())) == count
        return len(captured)

    assert queries(2, date(2026, 1, 1)) == queries(40, date(2026, 2, 1)) == 8


def test_the_tables_hold_the_rows_of_the_extract():
    people = [RICH, build_record(8)]
    keep_people(OURS, people)
    tables, batches = PracticeScope(OURS).clean_tables(), clean_batches(people)
    assert {name: table.schema for name, table in tables.items()} == CLEAN_SCHEMAS
    assert {name: rows_of([tables[name]]) for name in tables} == {
        name: rows_of(batches[name]) for name in tables
    }


def test_a_practice_without_people_has_empty_tables():
    keep_people(OURS, [])
    tables = PracticeScope(OURS).clean_tables()
    assert {name: table.num_rows for name, table in tables.items()} == dict.fromkeys(CLEAN_SCHEMAS, 0)


def test_someone_no_longer_in_the_extract_is_in_no_list_but_can_be_looked_up():
    keep_people(OURS, [RICH, build_record(8)])
    keep_people(OURS, [build_record(8)], date(2026, 11, 22))
    scope = PracticeScope(OURS)
    assert scope.public_ids() == (public_id_of(OURS, 8),)
    assert [kept.public_id for kept in scope.records()] == [public_id_of(OURS, 8)]
    assert scope.clean_tables()["patients"]["patient_id"].to_pylist() == ["p00008"]
    assert scope.record(ME).record.patient == RICH.patient


def test_our_own_codes_are_part_of_the_record():
    keep_people(OURS, [RICH])
    finish(without_plan(ME, entries=(written(REVIEW, "2026-11-23"), written(PEAK_FLOW, "2026-11-23", "430"))))
    ours = [event for event in PracticeScope(OURS).record(ME).record.events if event.source != "extract"]
    assert {(event.code, event.source) for event in ours} == {
        (REVIEW, "review:" + "b" * 32),
        (PEAK_FLOW, "review:" + "b" * 32),
    }


def test_the_records_the_record_and_the_tables_agree_on_merged_entries():
    keep_people(OURS, [RICH])
    finish(without_plan(ME, entries=(written(PEAK_FLOW, "2026-11-23", "430"),)))
    scope = PracticeScope(OURS)
    assert next(scope.records()) == scope.record(ME)
    in_record = [
        (event.on.first, str(event.code), str(event.value.value) if event.value else None)
        for event in scope.record(ME).record.events
    ]
    in_table = [(row["event_first"], row["code"], row["value"]) for row in events_of_tables()]
    assert sorted(in_record, key=str) == sorted(in_table, key=str)


@pytest.mark.parametrize(
    ("ours", "in_extract"),
    [
        ((PEAK_FLOW, "2026-11-23", "430"), (PEAK_FLOW, "2026-11-23", "430")),
        ((PEAK_FLOW, "2026-11-23", "430"), (PEAK_FLOW, "2026-11-23", "430.0")),
        ((REVIEW, "2026-11-23"), (REVIEW, "2026-11-23")),
    ],
)
def test_F15_an_entry_that_the_extract_brings_back_is_counted_once(ours, in_extract):
    keep_people(OURS, [RICH])
    finish(without_plan(ME, entries=(written(*ours),)))
    back = build_record(7, events=[*RICH.events, build_event(*in_extract)])
    keep_people(OURS, [back], date(2026, 12, 21))
    assert PracticeScope(OURS).record(ME).record.events == back.events
    assert len(events_of_tables()) == len(back.events)


@pytest.mark.parametrize(
    "in_extract",
    [
        (PEAK_FLOW, "2026-11-24", "430"),
        (PEAK_FLOW, "2026-11-23", "431"),
        (PEAK_FLOW, "2026-11-23"),
        (PEAK_FLOW, "2026-11"),
    ],
)
def test_an_entry_of_another_day_or_value_does_not_hide_ours(in_extract):
    extract = build_record(7, events=[build_event(*in_extract)])
    keep_people(OURS, [extract])
    finish(without_plan(ME, entries=(written(PEAK_FLOW, "2026-11-23", "430"),)))
    assert len(PracticeScope(OURS).record(ME).record.events) == 2
    assert len(events_of_tables()) == 2


def test_two_reviews_that_write_the_same_entry_are_one_entry():
    keep_people(OURS, [RICH])
    for key in ("c" * 32, "d" * 32):
        finish(without_plan(ME, key, entries=(written(REVIEW, "2026-11-23"),)))
    assert len(PracticeScope(OURS).record(ME).record.events) == len(RICH.events) + 1
    assert len(events_of_tables()) == len(RICH.events) + 1


def test_F32_an_import_between_two_chunks_stops_the_read(monkeypatch):
    monkeypatch.setattr(records_module, "PEOPLE_A_CHUNK", 1)
    keep_people(OURS, [RICH, build_record(8)])
    reading = PracticeScope(OURS).records()
    next(reading)
    keep_people(OURS, [RICH, build_record(8), build_record(9)], date(2026, 11, 22))
    with pytest.raises(Refusal, match="Start it again"):
        next(reading)
