"""All codelists in force: those that ship with the project and the newer ones a practice imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from importlib import resources
from operator import or_, sub
from pathlib import Path

from imp2art.codes.codelist import Codelist
from imp2art.codes.identifiers import Code, DmdCode
from imp2art.codes.list_files import read_list, read_manifest, read_verified
from imp2art.codes.manifest import MANIFEST_NAME
from imp2art.codes.medicine import Medicine, MedicineClass
from imp2art.codes.medicine_table import class_list, list_of, parse_medicines
from imp2art.codes.slots import SLOTS
from imp2art.core.refusal import Refusal

MEDICINES_SLUG = "medicines"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A list worked out of others: the codes of all `parts` but those of `less`."""

    title: str
    parts: tuple[str, ...]
    less: tuple[str, ...] = ()


_TESTS_AT_ANY_AGE = ("spirometry-reversibility", "peak-flow-variability", "feno", "bronchial-challenge")
# An import under the slug itself takes the derivation's place. The treatments are the classes that
# the QOF treatment cluster's published stand-in holds: no antimuscarinic that is long-acting, alone
# or in a triple inhaler, so that COPD treatment alone puts nobody on the register.
DERIVED: dict[str, Derivation] = {
    "control-score": Derivation("Validated control score", ("act-score", "acq-score", "cact-score")),
    "asthma-treatment": Derivation(
        "Any asthma treatment but an oral steroid",
        (
            MedicineClass.SABA,
            MedicineClass.ICS,
            MedicineClass.LABA,
            MedicineClass.SAMA,
            MedicineClass.LTRA,
            MedicineClass.THEOPHYLLINE,
        ),
        less=(MedicineClass.TRIPLE,),
    ),
    "attack-coded": Derivation(
        "Attack or emergency care for asthma, as a code",
        ("exacerbation", "emergency-attendance", "emergency-admission"),
    ),
    # AST012's tests by age, clinical fact file §5.4; a child's total IgE counts together with eosinophils.
    "asthma-test-adult": Derivation(
        "Objective test for asthma, from 16 years",
        (*_TESTS_AT_ANY_AGE, "blood-eosinophils"),
    ),
    "asthma-test-child": Derivation(
        "Objective test for asthma, under 16 years",
        (*_TESTS_AT_ANY_AGE, "house-dust-mite-test"),
    ),
}
CLASS_TITLES: dict[MedicineClass, str] = {
    MedicineClass.SABA: "Short-acting beta-agonist",
    MedicineClass.ICS: "Inhaled steroid, alone or combined",
    MedicineClass.ICS_LABA: "Inhaled steroid with a long-acting beta-agonist",
    MedicineClass.ICS_FORMOTEROL: "Inhaled steroid with formoterol",
    MedicineClass.TRIPLE: "Inhaled steroid with a long-acting beta-agonist and a long-acting antimuscarinic",
    MedicineClass.LABA: "Long-acting beta-agonist without a steroid in the device",
    MedicineClass.LAMA: "Long-acting antimuscarinic",
    MedicineClass.SAMA: "Short-acting antimuscarinic",
    MedicineClass.LTRA: "Leukotriene receptor antagonist",
    MedicineClass.THEOPHYLLINE: "Theophylline or aminophylline",
    MedicineClass.ORAL_STEROID: "Oral steroid",
}
# From this footprint on a device is a high-carbon one here: the pressurised inhalers of the clinical
# fact file §5.5 have 9.72 kgCO2e and more, its powder inhalers 3.75 and less. [C]
HIGH_CARBON_KG = 9
_OTHER_MEDICINES = ("asthma-treatment", "beta-blocker-non-selective", "ics-high-dose")
_CARBON = ("salbutamol-carbon-known", "salbutamol-high-carbon")
MEDICINE_LISTS: frozenset[str] = frozenset({*MedicineClass, *_OTHER_MEDICINES, *_CARBON})


@dataclass(frozen=True, slots=True)
class Library:
    """Every codelist by slug, and what is known of the medicines in them.

    `unfilled` names, for a list that has no codes yet or is made of such, the slots that lack them.
    """

    lists: Mapping[str, Codelist]
    medicines: Mapping[DmdCode, Medicine]
    unfilled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The names of all lists, sorted."""
        return tuple(sorted(self.lists))

    def codelist(self, slug: str) -> Codelist:
        """The list in force; an unknown slug is a `Refusal` that names the known ones."""
        try:
            return self.lists[slug]
        except KeyError:
            raise Refusal(f"There is no codelist called {slug!r}. Known: {', '.join(self.slugs)}.") from None

    def medicine(self, code: Code) -> Medicine | None:
        """What is known of the product, or None: a list may hold a code that the table does not."""
        return self.medicines.get(code) if isinstance(code, DmdCode) else None

    def all_codes(self) -> frozenset[Code]:
        """Every code that some list holds: what an import keeps."""
        return frozenset(code for codelist in self.lists.values() for code in codelist)

    def digests(self) -> dict[str, str]:
        """The digest of each list's codes, by slug: what a report's manifest states."""
        return {slug: self.lists[slug].digest for slug in self.slugs}


def read_library(folder: Path | None = None) -> Library:
    """The library in force.

    `folder` holds imported lists, one sub-folder a slug; the last version in its manifest replaces
    the list that ships with the project. Raises `Refusal` for any file that is damaged.
    """
    lists, medicines = _own_library()
    imported = dict(_imported_lists(folder)) if folder else {}
    lists.update(imported)
    derived = {slug: _derive(slug, lists) for slug in sorted(DERIVED.keys() - imported.keys())}
    return Library(lists | derived, medicines, _unfilled(lists, derived.keys()))


def fill_slots(library: Library, lists: Iterable[Codelist]) -> Library:
    """The library with lists in its empty slots, and what is made of those worked out anew.

    Raises `Refusal` for a list that is none of an empty slot.
    """
    told = {each.slug: each for each in lists}
    if wrong := [slug for slug in told if library.unfilled.get(slug) != (slug,)]:
        raise Refusal(f"The codelist {wrong[0]} is no empty slot of the library.")
    filled = {**library.lists, **told}
    derived = {slug: _derive(slug, filled) for slug in library.unfilled if slug in DERIVED}
    lacking = {slug: tuple(p for p in parts if p not in told) for slug, parts in library.unfilled.items()}
    unfilled = {slug: parts for slug, parts in lacking.items() if parts}
    return Library(filled | derived, library.medicines, unfilled)


def is_medicine_list(slug: str) -> bool:
    """Whether the list holds dm+d products rather than recorded events."""
    return slug in MEDICINE_LISTS


def _own_library() -> tuple[dict[str, Codelist], dict[DmdCode, Medicine]]:
    with resources.as_file(resources.files("imp2art.codes") / "library") as folder:
        entries = {entry.slug: entry for entry in read_manifest(folder)}
        table = entries.pop(MEDICINES_SLUG)
        medicines = parse_medicines(read_verified(folder, table), str(folder / table.file))
        lists = {slug: read_list(folder, entry) for slug, entry in entries.items()}
    for kind, title in CLASS_TITLES.items():
        lists[kind.value] = class_list(kind, title, medicines, table.provenance)
    for title, slug, least in (
        ("Salbutamol inhaler whose carbon footprint is known", _CARBON[0], 0),
        (f"Salbutamol inhaler of {HIGH_CARBON_KG} kgCO2e or more", _CARBON[1], HIGH_CARBON_KG),
    ):
        chosen = [m for m in medicines.values() if m.carbon_kg is not None and m.carbon_kg >= least]
        lists[slug] = list_of(slug, title, chosen, table.provenance)
    empty = {slug: slot.as_list(slug) for slug, slot in SLOTS.items()}
    return empty | lists, medicines


def _unfilled(lists: Mapping[str, Codelist], derived: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each list: the slots without codes that it is, or is made of."""
    empty = [slug for slug in SLOTS if not len(lists[slug])]
    made_of = {slug: DERIVED[slug].parts for slug in derived} | {slug: (slug,) for slug in empty}
    lacking = {slug: tuple(part for part in parts if part in empty) for slug, parts in made_of.items()}
    return {slug: parts for slug, parts in lacking.items() if parts}


def _derive(slug: str, lists: Mapping[str, Codelist]) -> Codelist:
    rule = DERIVED[slug]
    joined = reduce(or_, (lists[part] for part in rule.parts))
    derived = reduce(sub, (lists[part] for part in rule.less), joined)
    return replace(derived, slug=slug, title=rule.title)


def _imported_lists(folder: Path) -> Iterable[tuple[str, Codelist]]:
    for path in sorted(folder.glob(f"*/{MANIFEST_NAME}")):
        entries = read_manifest(path.parent)
        if not entries or entries[-1].slug != path.parent.name:
            raise Refusal(f"{path} is not the manifest of {path.parent.name}: restore it from a copy.")
        yield entries[-1].slug, read_list(path.parent, entries[-1])
