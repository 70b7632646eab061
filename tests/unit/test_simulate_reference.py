"""The data behind the model: sourced numbers, known codes, licensed products."""

from dataclasses import replace

import numpy as np
import pytest

from imp2art.codes.identifiers import DmdCode
from imp2art.codes.library import read_library
from imp2art.core.refusal import Refusal
from imp2art.simulate import coding, formulary, named_kinds, parameters
from imp2art.simulate.coding import read_coding
from imp2art.simulate.formulary import REGIMENS, read_formulary
from imp2art.simulate.named_kinds import read_kinds
from imp2art.simulate.origins import read_origins
from imp2art.simulate.parameters import read_parameters, read_reference

LIBRARY = read_library()
SYMBICORT_200 = DmdCode("3294611000001104")


@pytest.fixture
def changed(monkeypatch):
    """Change a reference file as it is read."""

    def change(module, name, alter):
        def read(asked):
            told = read_reference(asked)
            if asked == name:
                alter(told)
            return told

        monkeypatch.setattr(module, "read_reference", read)

    return change


@pytest.mark.parametrize(("key", "value"), [("tag", "M"), ("source", ""), ("tag", None)])
def test_a_number_from_memory_or_without_a_source_is_refused(changed, key, value):
    read_parameters.cache_clear()
    changed(parameters, "uk_asthma", lambda told: told["attacks"]["coded"].update({key: value}))
    with pytest.raises(Refusal, match=r"attacks\.coded needs a source and a tag"):
        read_parameters()


def test_a_number_by_age_holds_from_its_age_upwards():
    ages = np.array([0.0, 4.99, 5.0, 17.9, 18.0, 99.0])
    rates = [rate for _, rate in read_parameters().values["attacks.a_year"]]
    found = read_parameters().by_age("attacks.a_year", ages).tolist()
    assert found == [rates[0], rates[0], rates[1], rates[1], rates[2], rates[3]]


def test_every_regimen_has_products_for_every_age_it_is_given_at():
    read = read_formulary(LIBRARY)
    dice = np.random.Generator(np.random.PCG64(1))
    for regimen, from_age in [
        ("ics", 0),
        ("laba", 5),
        ("mart", 12),
        ("high", 0),
        ("air", 12),
        ("reliever", 0),
    ]:
        ages = np.arange(from_age, 100)
        assert (read.choices[regimen].draw(dice, ages) >= 0).all(), regimen


def test_no_product_is_drawn_below_its_age():
    read = read_formulary(LIBRARY)
    dice = np.random.Generator(np.random.PCG64(1))
    for purpose, choices in read.choices.items():
        ages = np.repeat(np.arange(0, 90), 40)
        drawn = choices.draw(dice, ages)
        given = drawn >= 0
        assert (choices.from_age[drawn[given]] <= ages[given]).all(), purpose
        assert (ages[given] < choices.to_age[drawn[given]]).all(), purpose
    assert (read.choices["air"].draw(dice, np.arange(0, 12)) == -1).all()


def test_a_product_that_the_library_does_not_know_is_refused():
    medicines = {code: medicine for code, medicine in LIBRARY.medicines.items() if code != SYMBICORT_200}
    with pytest.raises(Refusal, match="symbicort-200"):
        read_formulary(replace(LIBRARY, medicines=medicines))


@pytest.mark.parametrize(
    ("changed_to", "said"),
    [
        ({"list": "beta-blocker-non-selective", "code": "318590006"}, "is not in the codelist beta-blocker"),
        ({"made_up": True, "code": "318353009"}, "its code must be of namespace 9999999"),
    ],
)
def test_a_product_outside_the_medicines_table_is_of_its_list_or_made_up(changed, changed_to, said):
    changed(formulary, "formulary", lambda told: told["medicine"]["propranolol-40"].update(changed_to))
    with pytest.raises(Refusal, match=f"propranolol-40.*{said}"):
        read_formulary(LIBRARY)


@pytest.mark.parametrize("use", ["mart", "air"])
def test_a_product_that_lost_its_licence_is_refused(use):
    symbicort = LIBRARY.medicines[SYMBICORT_200]
    without = replace(symbicort, uses=symbicort.uses - {use})
    with pytest.raises(Refusal, match=f"symbicort-200 is not licensed for {use}"):
        read_formulary(replace(LIBRARY, medicines={**LIBRARY.medicines, SYMBICORT_200: without}))


def test_a_code_that_is_not_in_its_list_is_refused(changed):
    changed(coding, "coding", lambda told: told["asthma-plan"]["codes"].update({"195967001": 1}))
    with pytest.raises(Refusal, match="195967001 is not in the codelist asthma-plan"):
        read_coding(LIBRARY)


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("events", {"what": "asthma-revue", "on": [1]}),
        ("issues", {"medicine": "ventilin", "dosing": "when-needed", "on": [1]}),
        ("issues", {"medicine": "ventolin", "dosing": "now-and-then", "on": [1]}),
    ],
)
def test_a_story_with_an_unknown_word_is_refused(changed, kind, entry):
    changed(named_kinds, "named_kinds", lambda told: told["declined"][kind].append(entry))
    with pytest.raises(Refusal, match=r"named_kinds\.toml"):
        read_kinds(read_coding(LIBRARY), read_formulary(LIBRARY))


def test_every_regimen_but_the_reliever_alone_has_products():
    assert set(REGIMENS[1:]) <= set(read_formulary(LIBRARY).choices)


def test_names_are_many_and_of_many_origins():
    origins = read_origins()
    assert len(origins.slugs) > 15
    assert sum(len(set(table.names)) for table in origins.given) > 900
    assert len(set(origins.family.names)) > 600


def test_every_ethnic_category_has_an_origin():
    origins = read_origins()
    assert set(origins.ethnicities) == set(read_parameters().shares("people.ethnicity"))
    assert (origins.by_ethnicity.sum(axis=1) > 0).all()
