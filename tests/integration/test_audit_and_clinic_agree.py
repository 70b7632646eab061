"""The audit and the clinic's rules are strangers to each other; about the same person they agree.

A nurse who reads "2 courses" on a person's page must find that person behind the audit's number.
"""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from imp2art.asthma.attacks import steroid_courses
from imp2art.asthma.inhalers import count_inhalers
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import members
from imp2art.audit.packing.pack import pack_practice
from imp2art.audit.records import records_of
from imp2art.codes.library import read_library
from imp2art.codes.medicine import MedicineClass
from imp2art.core.finding import Outcome
from imp2art.core.period import months_up_to
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.simulate.model import read_model
from imp2art.simulate.practice import simulate_practice

ON = date(2026, 10, 31)
YEAR = months_up_to(ON, 12)
LIBRARY = read_library()


@pytest.fixture(scope="module")
def tables():
    model = read_model(LIBRARY, 1, ON, 36, 0.0)
    practice = simulate_practice(model, model.outlines(1, 4000)[0])
    return {
        name: pa.Table.from_batches(practice.tables[name], schema) for name, schema in CLEAN_SCHEMAS.items()
    }


@pytest.fixture(scope="module")
def records(tables):
    return tuple(records_of(tables, tables["patients"]["patient_id"].to_pylist()))


def audited(tables, slug: str, outcome: Outcome) -> set[str]:
    rule = INDICATORS[slug]
    found = members(pack_practice(tables, [rule], LIBRARY), rule, ON)
    return {person for person, given in found.items() if given is outcome}


def test_those_with_two_courses_are_the_same(tables, records):
    register = audited(tables, "asthma-register", Outcome.MET)
    clinic = {
        record.patient.patient_id
        for record in records
        if sum(day in YEAR for day in steroid_courses(record, LIBRARY, ON)) >= 2
    }
    assert clinic & register
    assert audited(tables, "oral-steroids-2", Outcome.MET) == clinic & register


@pytest.mark.parametrize(("slug", "least"), [("saba-3", 3), ("saba-6", 6)])
def test_those_with_many_relievers_are_the_same(tables, records, slug, least):
    register = audited(tables, "asthma-register", Outcome.MET)
    clinic = {
        record.patient.patient_id
        for record in records
        if count_inhalers(record, MedicineClass.SABA, LIBRARY, YEAR).devices >= least
    }
    assert clinic & register
    assert audited(tables, slug, Outcome.MET) == clinic & register
