"""The plan for a voice: telephone numbers by digit, no slash, no NHS number, the attack first."""

from dataclasses import replace

import pytest

from imp2art.documents.plan.read_aloud import read_aloud, say
from tests.spec.plans import MART, TWO_INHALERS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Call my practice: 01632 960001.", "Call my practice: 0 1 6 3 2, 9 6 0 0 0 1."),
        ("Call 999.", "Call 9 9 9."),
        ("If it is closed, call 111.", "If it is closed, call 1 1 1."),
        ("Symbicort 200/6 Turbohaler", "Symbicort 200, 6 Turbohaler."),
        ("Take 2 puffs.", "Take 2 puffs."),
        ("Below 999999 litres", "Below 999999 litres."),
    ],
)
def test_a_line_is_said_right(line, said):
    assert say(line, ("01632 960001", "")) == said


def test_a_number_that_is_part_of_another_is_not_torn():
    assert say("Call 0131 496 0000.", ("0131 496 0000", "0131")) == "Call 0 1 3 1, 4 9 6, 0 0 0 0."


def test_the_attack_is_said_first_and_the_nhs_number_never():
    parts = read_aloud(TWO_INHALERS)
    said = " ".join(line for part in parts for line in part.lines)
    assert parts[0].title == "Asthma attack"
    assert TWO_INHALERS.person.nhs_number.spaced not in said


def test_the_code_is_spelled():
    parts = read_aloud(replace(MART, currency_code="7K3MQ2XA9RTB"))
    assert parts[-1].lines[-1] == "The code of this plan is 7, K, 3, M, Q, 2, X, A, 9, R, T, B."


def test_every_line_ends_so_that_a_voice_pauses():
    lines = [line for part in read_aloud(TWO_INHALERS) for line in part.lines]
    assert [line for line in lines if line[-1] not in ".?!:"] == []
