"""The words on a plan: the right ones for the regimen, plain to read, and no number but the plan's."""

import re
from dataclasses import replace
from datetime import date

import pytest

from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import (
    NO_KNOWN_TRIGGER,
    ActionPlan,
    BestPeakFlow,
    PlanInhaler,
    PointAction,
)
from imp2art.asthma.regimen import Regimen
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.page import write_page
from imp2art.documents.plan.text import text_of
from tests.reading_age import grade, longest_sentence

EVERY_EXAMPLE = [read_plan(example_plan(regimen)) for regimen in Regimen]
SEPARATE, MART, AIR = EVERY_EXAMPLE
BEST = BestPeakFlow(480, date(2026, 9, 14), PeakFlowScale.EU)


def words(plan: ActionPlan) -> str:
    return text_of(write_page(plan))


def attack_words(plan: ActionPlan) -> str:
    page = write_page(plan)
    box = page.attack_box
    more = [line for step in box.steps for line in (step.act, *step.more)]
    return "\n".join((page.attack.title + ".", page.attack.text, box.signs_title + ".", *box.signs, *more))


def sentences(plan: ActionPlan) -> str:
    """The plan's own sentences: without names, labels and addresses, which no wording can shorten."""
    page = write_page(plan)
    cards = [line for card in page.inhalers for line in card.lines]
    steps = [line for step in page.steps for line in (*step.signs, *step.actions)]
    notes = [f"{note.title}. {note.text}." for note in page.notes]
    zones = [page.every_day.text, page.worse.text, page.if_any + ".", page.then + "."]
    return "\n".join((*zones, *cards, page.best_peak_flow, *steps, attack_words(plan), *notes, page.current))


@pytest.mark.parametrize("plan", EVERY_EXAMPLE, ids=lambda plan: plan.regimen)
class TestReading:
    def test_the_plan_reads_at_grade_four_and_a_half_or_below(self, plan: ActionPlan) -> None:
        """U-17: at most 6.0 everywhere, 4.5 on a plan."""
        assert grade(sentences(plan)) <= 4.5

    def test_the_red_box_reads_at_grade_three_or_below(self, plan: ActionPlan) -> None:
        assert grade(attack_words(plan)) <= 3.0

    def test_no_sentence_has_more_than_twenty_words(self, plan: ActionPlan) -> None:
        assert longest_sentence(sentences(plan)) <= 20

    def test_no_two_numbers_stand_side_by_side(self, plan: ActionPlan) -> None:
        """U-18. An NHS number and a phone number are one number each, in groups."""
        grouped = (plan.person.nhs_number.spaced, plan.practice_phone, plan.out_of_hours_phone)
        text = words(plan)
        for number in grouped:
            text = text.replace(number, "N")
        assert re.findall(r"\d[^\S\n]+\d", text) == []

    def test_units_are_spelled_out(self, plan: ActionPlan) -> None:
        assert re.findall(r"\b(?:mg|mcg|µg|L/min|l/min|hrs?|mins?|secs?)\b", words(plan)) == []


def test_the_plan_of_two_inhalers_says_ten_puffs_of_the_reliever() -> None:
    act, name, more = (
        "Take 1 puff of my reliever.",
        "Easyhaler Salbutamol sulfate",
        "Do it again every 30 seconds.",
    )
    assert f"{act}\n{name}\n{more} Stop at 10 puffs." in words(SEPARATE)


@pytest.mark.parametrize("plan", [MART, AIR], ids=["mart", "air"])
def test_the_plan_of_one_inhaler_says_its_own_puffs_and_minutes(plan: ActionPlan) -> None:
    act, name, more = (
        "Take 1 puff of my inhaler.",
        "Symbicort 200/6 Turbohaler",
        "Do it again every 2 minutes.",
    )
    assert f"{act}\n{name}\n{more} Stop at 6 puffs." in words(plan)


@pytest.mark.parametrize("plan", [MART, AIR], ids=["mart", "air"])
def test_the_plan_of_one_inhaler_never_speaks_of_a_reliever_or_ten_puffs(plan: ActionPlan) -> None:
    assert re.findall(r"my reliever|my preventer|10 puffs", words(plan)) == []


def test_the_time_between_puffs_is_left_out_where_none_was_chosen() -> None:
    plan = replace(MART, emergency=replace(MART.emergency, seconds_between=None))
    assert "Do it again if I need to. Stop at 6 puffs." in words(plan)


def test_a_minute_between_puffs_is_said_as_a_minute() -> None:
    plan = replace(MART, emergency=replace(MART.emergency, seconds_between=60))
    assert "Do it again every minute." in words(plan)


def test_air_has_no_puffs_at_set_times() -> None:
    assert [dose.time for card in write_page(AIR).inhalers for dose in card.doses] == ["needed"]


def test_mart_says_morning_night_and_when_needed_of_one_inhaler() -> None:
    (card,) = write_page(MART).inhalers
    assert [dose.time for dose in card.doses] == ["morning", "night", "needed"]


def test_the_most_puffs_in_a_day_is_said_on_mart() -> None:
    assert "No more than 8 puffs in one day. I count every puff." in words(MART)


def test_a_preventer_taken_in_the_morning_only_has_no_night() -> None:
    usual = replace(SEPARATE.usual, evening_puffs=None)
    assert [dose.time for dose in write_page(replace(SEPARATE, usual=usual)).inhalers[0].doses] == ["morning"]


def test_more_preventer_follows_the_times_of_the_preventer() -> None:
    usual = replace(SEPARATE.usual, morning_puffs=None)
    assert "Take more of my preventer: 8 puffs at night." in words(replace(SEPARATE, usual=usual))


def test_the_steps_stand_in_their_own_order() -> None:
    turned = replace(SEPARATE, action_points=SEPARATE.action_points[::-1])
    assert words(turned) == words(SEPARATE)


def test_the_colour_of_an_inhaler_is_said_only_where_its_data_has_it() -> None:
    coloured = replace(SEPARATE.usual, preventer=PlanInhaler("", "A", "", "pMDI", colour="Brown"))
    cards = write_page(replace(SEPARATE, usual=coloured)).inhalers
    assert [card.details for card in cards] == [
        ("Spray inhaler", "Brown inhaler"),
        ("100 micrograms a puff", "Dry powder inhaler"),
    ]


def test_a_device_that_has_no_words_is_named_as_it_is_with_a_plain_picture() -> None:
    usual = replace(SEPARATE.usual, preventer=PlanInhaler("", "A", "5 milligrams", "Nebuliser"))
    card = write_page(replace(SEPARATE, usual=usual)).inhalers[0]
    assert (card.details, card.picture) == (("5 milligrams", "Nebuliser"), "other")


def test_a_trigger_in_the_persons_own_words_stands_as_it_is() -> None:
    assert "What sets my asthma off: Pollen, My aunt’s cat" in words(
        replace(SEPARATE, triggers=("pollen", "My aunt’s cat"))
    )


def test_that_no_trigger_is_known_is_said_in_words() -> None:
    assert "What sets my asthma off: Nothing that I know of\n" in words(
        replace(SEPARATE, triggers=(NO_KNOWN_TRIGGER,))
    )


def test_help_when_the_practice_is_closed_is_given_with_urgent_help() -> None:
    urgent = replace(MART.action_points[1], action=PointAction.GET_URGENT_HELP)
    assert (
        "Get help today. Call my practice: 0131 496 0000.\n- If it is closed, call 0131 496 0111."
        in words(replace(MART, action_points=(urgent,)))
    )


@pytest.mark.parametrize(
    ("action", "dose", "told"),
    [
        (PointAction.RESTART_PREVENTER, None, "Take my preventer again, every day."),
        (
            PointAction.RESTART_PREVENTER,
            2,
            "Take my preventer again: 2 puffs in the morning and the same at night.",
        ),
        (PointAction.EXTRA_RELIEVER, 2, "Take 2 puffs of my reliever when I need it."),
        (PointAction.START_STEROID_TABLETS, 40, "Take my steroid tablets: 40 milligrams once a day."),
        (PointAction.CONTACT_PRACTICE, None, "Call my practice: 0131 496 0000."),
    ],
)
def test_each_action_has_its_words(action: PointAction, dose: int | None, told: str) -> None:
    point = replace(SEPARATE.action_points[0], action=action, dose=dose)
    assert write_page(replace(SEPARATE, action_points=(point,))).steps[0].actions[0] == told


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (replace(MART, triggers=()), "lacks the triggers"),
        (replace(MART, regimen=None), "which kind of treatment"),
        (replace(MART, review_due=None), "day of the next review"),
        (replace(SEPARATE, best_peak_flow=replace(BEST, scale=None)), "scale of the best peak flow"),
        (replace(SEPARATE, best_peak_flow=replace(BEST, measured_on=None)), "day of the best peak flow"),
        (
            replace(MART, action_points=(replace(MART.action_points[0], action=None),)),
            "what to do in action point 1",
        ),
        (replace(MART, usual=replace(MART.usual, max_puffs_a_day=None)), "most puffs in one day"),
        (replace(MART, usual=replace(MART.usual, reliever_puffs=None)), "puffs of the reliever"),
        (replace(MART, emergency=replace(MART.emergency, puffs_each=None)), "puffs to take in an attack"),
        (replace(MART, emergency=replace(MART.emergency, max_puffs=None)), "most puffs to take in an attack"),
        (
            replace(SEPARATE, action_points=(replace(SEPARATE.action_points[0], dose=None),)),
            "puffs in action point 1",
        ),
        (
            replace(SEPARATE, action_points=(replace(SEPARATE.action_points[1], dose=None),)),
            "steroid tablets in action point 2",
        ),
        (
            replace(SEPARATE, emergency=replace(SEPARATE.emergency, signs=("no-such-sign",))),
            "no phrase “sign-no-such-sign”",
        ),
    ],
)
def test_a_blank_that_a_person_would_read_is_refused(plan: ActionPlan, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        write_page(plan)
