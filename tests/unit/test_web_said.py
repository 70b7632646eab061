"""Every answer of a rule has its words, and the words hold the answer's day and number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from imp2art.asthma.directions import read_directions
from imp2art.asthma.inhalers import InhalerCount
from imp2art.asthma.plan.state import PlanState
from imp2art.asthma.risk.flags import Flag
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.explain import explain_finding
from imp2art.core.finding import Finding, Outcome
from imp2art.documents.words import read_book
from imp2art.record.events import CodedEvent
from imp2art.store.kept import KeptEvent
from imp2art.web.design.said import (
    caution_in_words,
    flag_in_words,
    plan_state_in_words,
    rule_of_flag,
    several_in_words,
    source_of_flag,
)
from imp2art.web.design.said_of_care import (
    control_in_words,
    counted_in_words,
    directions_in_words,
    relievers_in_words,
)
from imp2art.web.practice.trail import visits
from tests.audit_people import LIBRARY, entry, issue, someone

DAY = date(2026, 11, 12)
RULES = [slug.removeprefix("rule-") for slug in read_book("flags").phrases if slug.startswith("rule-")]


@pytest.mark.parametrize("rule", RULES)
def test_every_flag_is_said_with_its_rule_and_its_source(rule: str) -> None:
    flag = Flag(rule, 1, DAY, Decimal(3), "a-constant")
    assert "{" not in flag_in_words(flag)
    assert rule_of_flag(flag).endswith(".")
    assert source_of_flag(flag)


def test_a_flag_says_its_day_and_its_number() -> None:
    said = flag_in_words(Flag("steroid-courses", 2, DAY, Decimal("2"), "steroid-courses"))
    assert said == "2 courses of steroid tablets in 12 months, last 12 Nov 2026"


@pytest.mark.parametrize("state", list(PlanState))
def test_every_state_of_a_plan_has_its_words(state: PlanState) -> None:
    assert plan_state_in_words(state)[0].isupper()


def test_H17_a_score_of_one_is_never_called_uncontrolled() -> None:
    assert control_in_words("enquire-further") == "needs a closer look"


@pytest.mark.parametrize("clause", ["medicines-old", "two-preventers", "separate-saba"])
def test_a_caution_is_said_whether_it_is_of_the_regimen_or_of_the_plan(clause: str) -> None:
    assert caution_in_words(Finding(Outcome.MET, clause, DAY)).endswith(".")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("2 puffs twice a day", "2 puffs in the morning and 2 puffs at night"),
        ("2 puffs when required", "2 puffs when needed"),
        ("1 puff at night", "1 puff at night"),
        ("1 puff twice a day and when required", "1 puff in the morning and 1 puff at night; when needed"),
        ("as directed", "Not read: see the label"),
    ],
)
def test_a_label_is_said_as_far_as_it_was_read(label: str, said: str) -> None:
    assert directions_in_words(read_directions(label)) == said


def test_H24_what_could_not_be_counted_is_said() -> None:
    count = InhalerCount(devices=Decimal("4"), issues=6, not_countable=2, last_on=DAY)
    assert relievers_in_words(count) == (
        "4 relievers in 12 months, the last on 12 Nov 2026. 2 issues could not be counted as inhalers."
    )


def test_no_reliever_is_said_too() -> None:
    assert relievers_in_words(InhalerCount(Decimal(0), 0, 0, None)) == "No reliever was issued in 12 months."


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_read_as_a_sentence(parts: list[str], said: str) -> None:
    assert several_in_words(parts) == said


def event(hour: int, verb: str = "record-opened", actor: str = "1", day: int = 23) -> KeptEvent:
    at = datetime(2026, 11, day, hour, tzinfo=UTC)
    return KeptEvent(at, actor, f"Person {actor}", "nurse", verb, "x", {})


def test_a_trail_joins_only_what_one_person_did_of_one_kind_on_one_day() -> None:
    events = [event(9), event(11), event(10, actor="2"), event(9, "review-saved"), event(9, day=22)]
    assert [(visit.who, visit.did, visit.times, visit.last.hour) for visit in visits(events)] == [
        ("Person 1", "Opened the record", 2, 11),
        ("Person 2", "Opened the record", 1, 10),
        ("Person 1", "Wrote in the review", 1, 9),
        ("Person 1", "Opened the record", 1, 9),
    ]


def test_a_doing_that_has_no_words_yet_is_still_shown() -> None:
    assert visits([event(9, "something-new")])[0].did == "Something new"


def test_what_is_missing_is_said_with_the_newest_entry_there_is() -> None:
    asthma = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))
    plan = INDICATORS["plan-12-months"]

    def why(*entries: CodedEvent) -> str:
        found = explain_finding(plan, someone(*asthma, *entries), date(2026, 10, 31), LIBRARY)
        return counted_in_words("plan-12-months", found).why

    needs = "It would need: a written action plan recorded in the last 12 months"
    assert why() == needs
    assert why(entry("asthma-plan", "2024-06-15")).startswith(f"{needs}. The newest entry: ")
    assert why(entry("asthma-plan", "2024-06-15")).endswith(", 15 Jun 2024")
