"""Reads `medicines.csv`: the products, what is in them, and where each fact came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.identifiers import Code, DmdCode
from imp2art.codes.list_files import read_rows
from imp2art.codes.medicine import Device, Ingredient, Medicine, MedicineClass
from imp2art.core.quantities import parse_decimal, parse_whole
from imp2art.core.refusal import Refusal

MEDICINE_COLUMNS = (
    "code",
    "name",
    "kind",
    "classes",
    "ingredients",
    "device",
    "doses_per_device",
    "doses_source",
    "doses_tag",
    "uses",
    "uses_source",
    "uses_tag",
    "carbon_kg",
    "carbon_source",
    "carbon_tag",
    "source",
)
_KINDS = ("vmp", "amp")
_USES = ("mart", "air")
# A fact from memory (M), or one with no source at all, is not used.
_TRUSTED = ("F", "F2", "C")


def parse_medicines(text: str, where: str) -> dict[DmdCode, Medicine]:
    """The products by code. A fault is a `Refusal` that names the line."""
    medicines: dict[DmdCode, Medicine] = {}
    for line, row in read_rows(text, MEDICINE_COLUMNS, where):
        try:
            medicine = _medicine(row)
        except (Refusal, ValueError) as fault:
            raise Refusal(f"{where}, line {line}: {fault}") from None
        if medicine.code in medicines:
            raise Refusal(f"{where}, line {line}: the medicine is already in the table.")
        medicines[medicine.code] = medicine
    return medicines


def class_list(
    kind: MedicineClass, title: str, medicines: Mapping[DmdCode, Medicine], provenance: Provenance
) -> Codelist:
    """The codelist of all medicines of a class."""
    members = (medicine for medicine in medicines.values() if kind in medicine.classes)
    return list_of(kind, title, members, provenance)


def list_of(slug: str, title: str, members: Iterable[Medicine], provenance: Provenance) -> Codelist:
    """The codelist of these medicines."""
    terms: dict[Code, str] = {medicine.code: medicine.name for medicine in members}
    return Codelist(slug, title, terms, provenance)


def _medicine(row: dict[str, str]) -> Medicine:
    if row["kind"] not in _KINDS or not row["name"] or not row["source"]:
        raise Refusal("A medicine needs a kind (vmp or amp), a name and a source.")
    return Medicine(
        code=DmdCode(row["code"]),
        name=row["name"],
        classes=frozenset(MedicineClass(word) for word in row["classes"].split()),
        ingredients=tuple(_ingredient(part) for part in row["ingredients"].split("; ") if part),
        device=Device(row["device"]),
        doses_per_device=_sourced_doses(row),
        uses=_sourced_uses(row),
        source=row["source"],
        carbon_kg=_sourced_carbon(row),
    )


def _ingredient(text: str) -> Ingredient:
    """`budesonide 200`: micrograms in a metered dose; a bare name where they are not known."""
    name, _, amount = text.rpartition(" ")
    if not amount[:1].isdigit():
        return Ingredient(text, None)
    return Ingredient(name, parse_decimal(amount))


def _sourced_doses(row: dict[str, str]) -> int | None:
    if not row["doses_per_device"]:
        return None
    _check_sourced(row, "doses")
    return parse_whole(row["doses_per_device"])


def _sourced_uses(row: dict[str, str]) -> frozenset[str]:
    uses = frozenset(row["uses"].split())
    if not uses <= set(_USES):
        raise Refusal(f"A use is one of {', '.join(_USES)}.")
    if uses:
        _check_sourced(row, "uses")
    return uses


def _sourced_carbon(row: dict[str, str]) -> Decimal | None:
    if not row["carbon_kg"]:
        return None
    _check_sourced(row, "carbon")
    return parse_decimal(row["carbon_kg"])


def _check_sourced(row: dict[str, str], fact: str) -> None:
    if not row[f"{fact}_source"] or row[f"{fact}_tag"] not in _TRUSTED:
        raise Refusal(f"The column {fact} needs a source and a tag, one of {', '.join(_TRUSTED)}.")
