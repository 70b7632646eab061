"""The clinical safety file: whole, made of tests that are there, and refusing what is not.

Each fault is made in a copy of the registers as they stand, so that a check which no longer bites is seen.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.clinical_safety.checks import faults
from scripts.clinical_safety.in_the_run import Outcomes, not_verified
from scripts.clinical_safety.pages import stale, write
from scripts.clinical_safety.registers import FOLDER, RegisterError, SafetyFile, read_safety_file

SAFETY = read_safety_file()
A_TEST = "tests/spec/test_control.py::test_three_answers_give_a_score"


def with_hazard(**changed: Any) -> SafetyFile:
    """The file with its first controlled hazard changed."""
    whole = next(hazard for hazard in SAFETY.hazards if hazard.status == "controlled")
    return replace(SAFETY, hazards=(replace(whole, **changed),))


def test_the_file_as_it_stands_has_no_fault():
    assert faults(SAFETY) == ()


def test_the_pages_are_what_the_registers_say():
    assert stale(SAFETY) == (), "run `python -m scripts.clinical_safety write`"


def test_forty_hazards_and_more_are_logged():
    assert len(SAFETY.hazards) >= 40


def test_twenty_five_hazards_and_more_are_verified_by_a_test():
    assert sum(bool(hazard.tests) for hazard in SAFETY.hazards) >= 25


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tests": ("tests/spec/test_control.py::test_that_is_not_there",)}, "is not there"),
        ({"tests": ("tests/spec/test_gone.py::test_three_answers",)}, "is not there"),
        ({"tests": ("tests/builders.py::build_record",)}, "is not there"),
        ({"tests": ()}, "names at least one"),
        ({"status": "open"}, "an open hazard names no test"),
        ({"status": "perhaps"}, "is none of"),
        ({"status": "partly"}, "says what is missing"),
        ({"still": "a part"}, "go together"),
        ({"owner": "src/imp2art/nobody"}, "is not there"),
        ({"severity": "bad"}, "in the words of matrix.toml"),
        ({"likelihood": "very low", "residual_likelihood": "high"}, "makes it likelier"),
    ],
)
def test_a_hazard_with_a_fault_is_told(changed: dict[str, Any], said: str):
    assert any(said in sentence for sentence in faults(with_hazard(**changed)))


def test_a_test_that_is_marked_to_be_left_out_verifies_nothing(tmp_path: Path):
    (tmp_path / "test_a.py").write_text("import pytest\n\n@pytest.mark.skip\ndef test_b(): ...\n")
    safety = with_hazard(tests=("test_a.py::test_b",))
    assert any("is marked to be left out" in sentence for sentence in faults(safety, tmp_path))


def test_a_hazard_of_which_every_test_may_be_left_out_is_refused():
    hazards = with_hazard(tests=(SAFETY.may_skip[0].id,)).hazards
    assert any("name one that runs" in sentence for sentence in faults(replace(SAFETY, hazards=hazards)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rule": "src/imp2art/asthma/control.py::score_nothing"}, "is not there"),
        ({"constants": ("no-such-constant",)}, "there is no clinical constant"),
        ({"constants": (), "source": ""}, "needs a source and a tag"),
        ({"tests": ()}, "needs a test"),
        ({"hazards": ("H-99",)}, "each of the log"),
        ({"shown_to": ("everyone",)}, "shown_to is a list of"),
    ],
)
def test_a_calculation_with_a_fault_is_told(changed: dict[str, Any], said: str):
    safety = replace(SAFETY, calculations=(replace(SAFETY.calculations[0], **changed),))
    assert any(said in sentence for sentence in faults(safety))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rules": "src/imp2art/asthma/nothing.py"}, "is not there"),
        ({"default": "perhaps"}, "is on or off"),
        ({"answer": "No"}, "the name of who gave it"),
        ({"hazards": ()}, "at least one hazard"),
    ],
)
def test_a_function_with_a_fault_is_told(changed: dict[str, Any], said: str):
    safety = replace(SAFETY, functions=(replace(SAFETY.functions[0], **changed),))
    assert any(said in sentence for sentence in faults(safety))


def test_an_unknown_field_is_refused_by_name(tmp_path: Path):
    for file in FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (tmp_path / "hazards.toml").write_text('[[hazard]]\nid = "H-01"\ncolour = "red"\n', "utf-8")
    with pytest.raises(RegisterError, match="H-01: colour is no field"):
        read_safety_file(tmp_path)


def test_a_page_that_was_edited_is_stale_until_it_is_made_anew(tmp_path: Path):
    write(SAFETY, tmp_path)
    (tmp_path / "safety_case.md").write_text("All is well.\n", "utf-8")
    assert write(SAFETY, tmp_path) == ("safety_case.md",)


def outcomes(**changed: Any) -> Outcomes:
    """A run in which every test of the file passed, but for what is changed."""
    return replace(Outcomes(passed=set(SAFETY.tests)), **changed)


def test_a_run_in_which_all_passed_is_verified():
    assert not_verified(SAFETY, outcomes(), whole=True) == ()


def test_a_test_that_was_left_out_is_not_verified():
    (sentence,) = not_verified(SAFETY, outcomes(left_out={A_TEST: "no time"}), whole=False)
    assert f"{A_TEST} was left out (no time)" in sentence


def test_a_test_that_may_be_left_out_is_let_pass():
    left_out = {SAFETY.may_skip[0].id: "no Chromium"}
    assert not_verified(SAFETY, outcomes(left_out=left_out), whole=True) == ()


def test_a_test_that_a_whole_run_has_not_is_not_verified():
    (sentence,) = not_verified(SAFETY, outcomes(passed=set(SAFETY.tests) - {A_TEST}), whole=True)
    assert f"{A_TEST} did not pass" in sentence


def test_a_run_of_some_tests_is_held_to_those_alone():
    assert not_verified(SAFETY, Outcomes(), whole=False) == ()
