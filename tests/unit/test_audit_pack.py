"""Packing: only what is needed, by patient, and nothing under a wrong name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from imp2art.audit.conditions import DevicesAtLeast
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import count
from imp2art.audit.indicator import Clause
from imp2art.audit.packing.pack import pack_practice
from imp2art.core.refusal import Refusal
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from tests.audit_people import LIBRARY, code_of, entry, issue, someone, tables_of

PLAN = INDICATORS["plan-12-months"]
ASTHMA = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))
DAY = (date(2026, 10, 31),)


def with_row(tables: dict[str, pa.Table], name: str, **row) -> dict[str, pa.Table]:
    extra = pa.Table.from_pylist([row], CLEAN_SCHEMAS[name])
    return tables | {name: pa.concat_tables([tables[name], extra])}


def plans(tables) -> int:
    packed = pack_practice(tables, [PLAN], LIBRARY)
    return int(count(packed, [PLAN], DAY)["plan-12-months"].numerator[0])


def test_rows_may_come_in_any_order():
    people = [someone(*ASTHMA, *[entry("asthma-plan", "2026-06-01")] * (n % 2), number=n) for n in range(9)]
    tables = tables_of(people)
    shuffled = {name: table.take(list(range(table.num_rows))[::-1]) for name, table in tables.items()}
    assert plans(shuffled) == plans(tables) == 4


def test_the_same_digits_in_another_system_are_another_code():
    tables = tables_of([someone(*ASTHMA)])
    row = {
        "patient_id": "p00000",
        "event_first": date(2026, 6, 1),
        "event_last": date(2026, 6, 1),
        "code": str(code_of("asthma-plan")),
    }
    assert plans(with_row(tables, "events", system="snomed", **row)) == 1
    assert plans(with_row(tables, "events", system="ctv3", **row)) == 0


def test_codes_that_no_indicator_needs_are_not_packed():
    packed = pack_practice(tables_of([someone(*ASTHMA, entry("peak-flow", "2026-06-01"))]), [PLAN], LIBRARY)
    assert len(packed.people.kind) == len(ASTHMA)


def test_an_entry_of_nobody_is_refused():
    tables = tables_of([someone(*ASTHMA)])
    stray = with_row(tables, "registrations", patient_id="nobody", start_date=date(2026, 1, 1), kind="gms")
    with pytest.raises(Refusal, match="its list of patients lacks"):
        pack_practice(stray, [PLAN], LIBRARY)


def test_a_practice_without_entries_is_counted_too():
    packed = pack_practice(tables_of([someone()]), INDICATORS.values(), LIBRARY)
    assert int(count(packed, INDICATORS.values(), DAY)["asthma-register"].denominator[0]) == 1


def test_a_huge_quantity_is_many_and_not_an_overflow():
    saba = INDICATORS["saba-over-12"]
    record = someone(*ASTHMA, *(issue("saba", f"2026-0{month}-01", "999999999") for month in range(1, 9)))
    packed = pack_practice(tables_of([record]), [saba], LIBRARY)
    assert int(count(packed, [saba], DAY)["saba-over-12"].numerator[0]) == 1


@pytest.mark.parametrize("slug", ["saba", "ics"])
def test_inhalers_of_two_lists_are_counted_side_by_side(slug):
    rules = [
        replace(PLAN, slug=each, numerator=(Clause("enough", DevicesAtLeast(each, 3, months=12)),))
        for each in ("saba", "ics")
    ]
    record = someone(ASTHMA[0], issue("ltra", "2026-06-01"), issue(slug, "2026-03-01", "3"))
    packed = pack_practice(tables_of([record]), rules, LIBRARY)
    counts = {each: int(counted.numerator[0]) for each, counted in count(packed, rules, DAY).items()}
    assert counts == {each: int(each == slug) for each in ("saba", "ics")}
