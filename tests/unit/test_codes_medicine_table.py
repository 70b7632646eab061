"""A fact of a medicine without a source is not taken, and a fault names its line."""

from decimal import Decimal

import pytest

from imp2art.codes.identifiers import DmdCode
from imp2art.codes.list_files import table_text
from imp2art.codes.medicine_table import MEDICINE_COLUMNS, parse_medicines
from imp2art.core.refusal import Refusal

SYMBICORT = {
    "code": "3294611000001104",
    "name": "Symbicort 200/6 Turbohaler",
    "kind": "amp",
    "classes": "ics ics-laba ics-formoterol",
    "ingredients": "budesonide 200; formoterol 6",
    "device": "dry powder inhaler",
    "doses_per_device": "120",
    "doses_source": "dm+d",
    "doses_tag": "F",
    "uses": "mart air",
    "uses_source": "formulary",
    "uses_tag": "F2",
    "carbon_kg": "0.75",
    "carbon_source": "measure",
    "carbon_tag": "F",
    "source": "list",
}


def table(*rows: dict[str, str]) -> str:
    return table_text(MEDICINE_COLUMNS, [[row[column] for column in MEDICINE_COLUMNS] for row in rows])


def test_a_row_becomes_a_medicine() -> None:
    medicine = parse_medicines(table(SYMBICORT), "m.csv")[DmdCode("3294611000001104")]
    assert (medicine.doses_per_device, medicine.uses) == (120, {"mart", "air"})


def test_an_empty_number_of_doses_is_not_known() -> None:
    row = SYMBICORT | {"doses_per_device": "", "doses_source": "", "doses_tag": ""}
    assert parse_medicines(table(row), "m.csv")[DmdCode(row["code"])].doses_per_device is None


def test_a_footprint_is_that_of_one_device_and_may_be_unknown() -> None:
    unknown = SYMBICORT | {"carbon_kg": "", "carbon_source": "", "carbon_tag": ""}
    for row, expected in ((SYMBICORT, Decimal("0.75")), (unknown, None)):
        assert parse_medicines(table(row), "m.csv")[DmdCode(row["code"])].carbon_kg == expected


def test_an_ingredient_without_an_amount_is_not_known() -> None:
    row = SYMBICORT | {"ingredients": "mometasone furoate"}
    (ingredient,) = parse_medicines(table(row), "m.csv")[DmdCode(row["code"])].ingredients
    assert (ingredient.name, ingredient.micrograms) == ("mometasone furoate", None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"doses_tag": "M"}, "doses needs a source and a tag"),
        ({"doses_source": ""}, "doses needs a source and a tag"),
        ({"uses_tag": ""}, "uses needs a source and a tag"),
        ({"carbon_tag": "M"}, "carbon needs a source and a tag"),
        ({"uses": "smart"}, "A use is one of mart, air"),
        ({"code": "3294611000001100"}, "check digit"),
        ({"classes": "reliever"}, "reliever"),
        ({"device": "spray"}, "spray"),
        ({"kind": "vtm"}, "kind"),
        ({"source": ""}, "source"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(change: dict[str, str], reason: str) -> None:
    with pytest.raises(Refusal, match=rf"m\.csv, line 2: .*{reason}"):
        parse_medicines(table(SYMBICORT | change), "m.csv")


def test_a_medicine_given_twice_is_refused() -> None:
    with pytest.raises(Refusal, match="line 3: the medicine is already in the table"):
        parse_medicines(table(SYMBICORT, SYMBICORT), "m.csv")
