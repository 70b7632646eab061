"""A plan as JSON: read strictly, and refused with the place and never the value."""

import json

import pytest

from imp2art.asthma.plan.action_plan import PointAction
from imp2art.asthma.regimen import Regimen
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.file import LARGEST_FILE, example_plan, read_plan


def changed(**fields: object) -> bytes:
    return json.dumps(json.loads(example_plan(Regimen.MART)) | fields).encode()


@pytest.mark.parametrize("regimen", Regimen)
def test_there_is_an_example_of_every_regimen(regimen: Regimen) -> None:
    assert read_plan(example_plan(regimen)).regimen is regimen


@pytest.mark.parametrize("regimen", Regimen)
def test_the_people_of_the_examples_do_not_exist(regimen: Regimen) -> None:
    assert read_plan(example_plan(regimen)).person.nhs_number.is_test


def test_a_file_becomes_the_plan_that_it_says() -> None:
    plan = read_plan(example_plan(Regimen.MART))
    assert (plan.usual.max_puffs_a_day, plan.action_points[1].action) == (8, PointAction.CONTACT_PRACTICE)


def test_a_mark_of_byte_order_is_let_pass() -> None:
    assert read_plan(b"\xef\xbb\xbf" + example_plan(Regimen.AIR)).version == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not JSON: line 1, column 1"),
        (b'{"a": 1,}', "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'"\\ud800"', "not UTF-8"),
        (b"[]", "At the file: an object is needed, not a list"),
        (b"[" * 100_000, "nests"),
        (b'{"a": NaN}', "holds NaN"),
        (b'{"a": -Infinity}', "holds -Infinity"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "says “c” twice"),
        (b"9" * 5000, "thousands of digits"),
        (b" " * (LARGEST_FILE + 1), "larger than 1 MB"),
        (b"{}", "At the file: the field “person” is missing"),
    ],
    ids=str,
)
def test_what_is_not_a_plan_is_refused_with_its_reason(content: bytes, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        read_plan(content)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"version": "one"}, "At version: a whole number is needed, not text"),
        ({"version": True}, "At version: a whole number is needed, not true or false"),
        ({"regimen": "SECRET"}, "At regimen: this is not one of the words"),
        ({"made_on": "23.11.SECRET"}, "At made_on: a date is written"),
        ({"versoin": 2}, "no field “versoin”"),
        ({"usual": {"SECRET": 1}}, "At usual: the field “preventer” is missing"),
        ({"action_points": [{"order": "SECRET"}]}, r"At action_points\[0\]"),
        ({"triggers": "SECRET"}, "At triggers: a list is needed, not text"),
    ],
)
def test_a_wrong_field_is_refused_by_its_place(fields: dict[str, object], told: str) -> None:
    with pytest.raises(Refusal, match=told) as refusal:
        read_plan(changed(**fields))
    assert "SECRET" not in str(refusal.value)


def test_a_wrong_nhs_number_is_refused_without_repeating_it() -> None:
    person = json.loads(example_plan(Regimen.MART))["person"] | {"nhs_number": "9990000019"}
    with pytest.raises(Refusal, match=r"At person\.nhs_number: .*check digit") as refusal:
        read_plan(changed(person=person))
    assert "9990000019" not in str(refusal.value)


def test_a_field_of_an_inner_object_that_nobody_knows_is_refused() -> None:
    point = json.loads(example_plan(Regimen.MART))["action_points"][0] | {"dosis": 3}
    with pytest.raises(Refusal, match=r"At action_points\[0\]: a plan has no field “dosis”"):
        read_plan(changed(action_points=[point]))
