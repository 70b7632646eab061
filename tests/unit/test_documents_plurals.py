"""The plural categories of the plan's languages, as Unicode CLDR 47 has them."""

import pytest

from imp2art.documents.plan.translations import LANGUAGES
from imp2art.documents.plurals import plural_form, plural_forms

COUNTS = (0, 1, 2, 3, 5, 6, 10, 11, 12, 20, 21, 22, 100, 101, 102, 111, 1_000_000)
# Read from Babel 2.18.0 (CLDR 47), one letter a count: zero, one, two, few, many, other.
CLDR = {
    "en": "x1xxxxxxxxxxxxxxx",
    "cy": "012fxmxxxxxxxxxxx",
    "pl": "m1ffmmmmmmmfmmfmm",
    "ro": "f1fffffffxxxxfffx",
    "pt": "11xxxxxxxxxxxxxxm",
    "ur": "x1xxxxxxxxxxxxxxx",
    "ar": "012ffffmmmmmxxxmx",
    "pa": "11xxxxxxxxxxxxxxx",
    "so": "x1xxxxxxxxxxxxxxx",
    "bn": "11xxxxxxxxxxxxxxx",
    "gu": "11xxxxxxxxxxxxxxx",
    "tr": "x1xxxxxxxxxxxxxxx",
    "uk": "m1ffmmmmmm1fm1fmm",
}
NAMES = {"0": "zero", "1": "one", "2": "two", "f": "few", "m": "many", "x": "text"}


@pytest.mark.parametrize("language", CLDR)
def test_a_count_takes_the_form_that_cldr_names(language: str) -> None:
    assert [plural_form(language, count) for count in COUNTS] == [NAMES[mark] for mark in CLDR[language]]


def test_every_language_of_the_plan_has_its_rule() -> None:
    assert {"en", *LANGUAGES} == set(CLDR)


@pytest.mark.parametrize("language", CLDR)
def test_a_phrase_needs_every_form_that_a_count_can_take(language: str) -> None:
    taken = {plural_form(language, count) for count in range(1_000)} | {"text"}
    assert plural_forms(language) - {"many"} <= taken <= plural_forms(language)


def test_a_language_without_a_rule_has_one_form() -> None:
    assert (plural_form("zh", 1), plural_forms("zh")) == ("text", {"text"})
