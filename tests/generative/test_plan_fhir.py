"""Every plan, whole or still being made, comes back from its Bundle as it was; a broken Bundle never does."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imp2art.asthma.plan.action_plan import ActionPlan, PlanBasis, PlanInhaler
from imp2art.asthma.review.codes import CodedEntry
from imp2art.codes.identifiers import SnomedCode
from imp2art.core.identifiers import NhsNumber
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import UNITS, Quantity
from imp2art.core.refusal import Refusal
from imp2art.fhir.bundle import PlanPackage, Standing, bundle_of, package_from, plan_from
from imp2art.fhir.page import PlanPage
from imp2art.fhir.strict import read_package, write_package
from imp2art.record.events import CodedEvent
from tests.builders import nhs_number
from tests.spec.plans import PEAK_FLOW

NAME = UUID("7f1d7c43-4f5c-4a39-9c63-0d2f3a3ad0c1")
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"))
WORDS = st.text(LETTERS | st.just(" "), max_size=12).filter(lambda words: words == words.strip())
SLUGS = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True)
PRODUCTS = st.sampled_from(("10618211000001109", "3294611000001104")) | SLUGS
PLAIN: dict[type, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(0, 2**31 - 1),
    str: WORDS,
    date: st.dates(),
    Decimal: st.decimals(0, 100, places=2),
    NhsNumber: st.integers(1, 300).map(nhs_number),
    PlanInhaler: st.builds(PlanInhaler, PRODUCTS, WORDS, WORDS, WORDS, WORDS),
}


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type of the plan's; a field that is added tomorrow is drawn tomorrow."""
    if NoneType in get_args(hint):
        return st.none() | any_of(next(kind for kind in get_args(hint) if kind is not NoneType))
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return st.lists(SLUGS if item is str else any_of(item), max_size=3).map(tuple)
    if hint in PLAIN:
        return PLAIN[hint]
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: any_of(hints[field.name]) for field in fields(hint)})


ENTRIES = st.builds(
    CodedEntry,
    st.builds(
        CodedEvent,
        st.dates().map(PartialDate.on),
        st.sampled_from(("394700004", "811921000000103", "366874008", "165871000000103")).map(SnomedCode),
        st.none() | st.builds(Quantity, st.decimals(0, 999, places=2), st.sampled_from(sorted(UNITS))),
        SLUGS.map("review:{}".format),
    ),
    WORDS,
)
PACKAGES = st.builds(
    PlanPackage,
    st.uuids(),
    any_of(ActionPlan),
    st.sampled_from(Standing),
    st.lists(ENTRIES, max_size=4).map(tuple),
    st.none() | st.builds(PlanPage, st.binary(min_size=1, max_size=40), st.sampled_from(("en", "cy"))),
)
WHOLE = PlanPackage(
    NAME,
    replace(PEAK_FLOW, basis=PlanBasis.BOTH, carer_phone="0131 496 0000", currency_code="7K3MQ2XA9RTB"),
    Standing.CURRENT,
    (
        CodedEntry(
            CodedEvent(PartialDate.parse("2026-11-23"), SnomedCode("394700004"), None, "review:1"), ""
        ),
        CodedEntry(
            CodedEvent(
                PartialDate.parse("2026-11-23"),
                SnomedCode("366874008"),
                Quantity(Decimal("1.50"), "{count}"),
                "review:1",
            ),
            "Number of asthma exacerbations in past year",
        ),
    ),
    PlanPage(b"%PDF-1.7 a page"),
)
BUNDLE = bundle_of(WHOLE)
CONTENT = write_package(WHOLE)
FOREIGN = st.sampled_from(
    (None, True, False, 0, 1, -1, Decimal("0.5"), "", "x", "2026-13-45", [], {}, [{}], {"url": "x"}, 2**70)
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(PACKAGES)
def test_every_plan_comes_back_from_its_file_as_it_was(package: PlanPackage) -> None:
    assert read_package(write_package(package)) == package


@settings(max_examples=80, deadline=None)
@given(words=st.text(max_size=40))
def test_any_text_comes_back_as_it_was_or_is_refused(words: str) -> None:
    plan = replace(WHOLE.plan, goal=words, made_by=words, practice_name=words)
    try:
        content = write_package(replace(WHOLE, plan=plan))
    except Refusal:
        return
    assert read_package(content).plan == plan


def places_of(value: Any) -> Iterator[tuple[str | int, ...]]:
    """Every place in a JSON value, as the keys that lead there."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in steps:
        yield (key,)
        yield from ((key, *rest) for rest in places_of(inner))


PLACES = list(places_of(BUNDLE))


@settings(max_examples=400, deadline=None)
@given(place=st.sampled_from(PLACES), put=FOREIGN)
def test_a_bundle_with_one_part_changed_is_the_same_plan_or_none(place: tuple, put: object) -> None:
    changed = copy.deepcopy(BUNDLE)
    holder: Any = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = put
    refused_or_as_it_says(changed)


@settings(max_examples=200, deadline=None)
@given(place=st.sampled_from(PLACES))
def test_a_bundle_with_one_part_taken_out_is_never_half_a_plan(place: tuple) -> None:
    changed = copy.deepcopy(BUNDLE)
    holder: Any = changed
    for key in place[:-1]:
        holder = holder[key]
    del holder[place[-1]]
    refused_or_as_it_says(changed)


@settings(max_examples=200, deadline=None)
@given(place=st.sampled_from([place for place in PLACES if isinstance(place[-1], int)]))
def test_a_bundle_that_says_one_part_twice_is_never_read(place: tuple) -> None:
    changed = copy.deepcopy(BUNDLE)
    holder: Any = changed
    for key in place[:-1]:
        holder = holder[key]
    holder.append(copy.deepcopy(holder[place[-1]]))
    refused_or_as_it_says(changed)


@settings(max_examples=150, deadline=None)
@given(start=st.integers(0, 20_000), length=st.integers(0, 60), put=st.binary(max_size=20))
def test_a_file_with_bytes_changed_gives_a_sentence_or_a_plan(start: int, length: int, put: bytes) -> None:
    try:
        package = read_package(CONTENT[:start] + put + CONTENT[start + length :])
    except Refusal:
        return
    assert read_package(write_package(package)) == package


def refused_or_as_it_says(bundle: dict[str, Any]) -> None:
    """Refused with a sentence, or read so that writing it again says exactly the same: nothing is made up."""
    try:
        package = package_from(bundle)
    except Refusal:
        return
    assert json.dumps(bundle_of(package), default=str) == json.dumps(bundle, default=str)
    assert plan_from(bundle) == package.plan
