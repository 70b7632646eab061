"""The copies of a plan: the same numbers for every reader, less for a school, and nobody's voice mixed up."""

import re
from dataclasses import replace

import pytest

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.plan.family import PlanCopy, PlanFamily, family_of
from imp2art.codes.library import read_library
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.page import PlanPage, write_page
from imp2art.documents.plan.text import text_of
from imp2art.documents.words import read_book
from tests.reading_age import grade, longest_sentence

EXAMPLES = {family: read_plan(example_plan(family)) for family in PlanFamily}
CHILD, UNDER_FIVES = EXAMPLES[PlanFamily.CHILD], EXAMPLES[PlanFamily.UNDER_FIVES]
YOUNG = (
    (CHILD, PlanCopy.OWN),
    (CHILD, PlanCopy.CARER),
    (CHILD, PlanCopy.SCHOOL),
    (UNDER_FIVES, PlanCopy.OWN),
    (UNDER_FIVES, PlanCopy.SCHOOL),
)
TO_OTHERS = tuple(pair for pair in YOUNG if pair != YOUNG[0])
FIRST_PERSON = r"\b(?:I|my|me|My|Me)\b"


def red_box(page: PlanPage) -> str:
    box = page.attack_box
    lines = [line for step in box.steps for line in (step.act, *step.more)]
    return "\n".join((f"{page.attack.title}.", page.attack.text, f"{box.signs_title}.", *box.signs, *lines))


def sentences(page: PlanPage) -> str:
    """Without names, labels and numbers to call, which no wording can shorten."""
    cards = [line for card in page.inhalers for line in card.lines]
    steps = [line for step in page.steps for line in (*step.signs, *step.actions)]
    notes = [f"{note.title}. {note.text}." for note in page.notes]
    return "\n".join(
        (page.every_day.text, *cards, page.worse.text, *steps, red_box(page), *notes, page.current)
    )


@pytest.mark.parametrize("family", PlanFamily)
def test_each_example_is_whole_and_of_its_family(family: PlanFamily) -> None:
    assert family_of(EXAMPLES[family]) is family
    assert check_plan(EXAMPLES[family], read_library()) == ()


@pytest.mark.parametrize(("plan", "copy"), YOUNG)
def test_h28_the_attack_part_has_the_same_numbers_in_every_copy(plan: ActionPlan, copy: PlanCopy) -> None:
    own = re.findall(r"\d+", red_box(write_page(plan)))
    assert re.findall(r"\d+", red_box(write_page(plan, copy=copy))) == own


def test_h28_the_carers_copy_has_every_number_of_the_childs() -> None:
    own, carer = (text_of(write_page(CHILD, copy=copy)) for copy in (PlanCopy.OWN, PlanCopy.CARER))
    assert re.findall(r"\d+", own) == re.findall(r"\d+", carer)


@pytest.mark.parametrize(("plan", "copy"), TO_OTHERS)
def test_h28_a_copy_to_someone_else_never_says_i_or_my(plan: ActionPlan, copy: PlanCopy) -> None:
    quiet = replace(plan, goal="", triggers=("none-known",))
    assert re.findall(FIRST_PERSON, text_of(write_page(quiet, copy=copy))) == []


@pytest.mark.parametrize("family", PlanFamily)
def test_h28_a_school_sees_no_nhs_number_goal_preventer_or_best_peak_flow(family: PlanFamily) -> None:
    plan = EXAMPLES[family]
    text = text_of(write_page(plan, copy=PlanCopy.SCHOOL))
    hidden = [plan.person.nhs_number.spaced, plan.goal, plan.made_by]
    if family is PlanFamily.PREVENTER_RELIEVER:
        hidden += ["Clenil", "480", "steroid"]
    assert [secret for secret in hidden if secret and secret in text] == []


def test_a_school_without_the_familys_number_has_a_place_to_write_it() -> None:
    page = write_page(replace(CHILD, carer_phone=""), copy=PlanCopy.SCHOOL)
    assert page.notes[0].text == "First 999. Then the family. Their number:"


@pytest.mark.parametrize(
    ("family", "most"), [(PlanFamily.MART, "6"), (PlanFamily.AIR, "6"), (PlanFamily.CHILD, "10")]
)
def test_h03_a_copy_keeps_the_attack_part_of_the_regimen(family: PlanFamily, most: str) -> None:
    text = red_box(write_page(EXAMPLES[family], copy=PlanCopy.SCHOOL))
    assert f"Stop at {most} puffs." in text


def test_the_spacer_is_said_only_of_a_spray_and_only_where_the_signer_says_so() -> None:
    powder = replace(CHILD.usual.preventer, device="dry powder inhaler")
    with_powder = write_page(replace(CHILD, usual=replace(CHILD.usual, preventer=powder)))
    said = ["I use it with my spacer." in card.lines for card in with_powder.inhalers]
    assert said == [False, True]
    assert "spacer" not in text_of(write_page(replace(CHILD, spacer=False)))


@pytest.mark.parametrize(("plan", "copy"), YOUNG)
class TestReading:
    def test_it_reads_at_grade_four_and_a_half_or_below(self, plan: ActionPlan, copy: PlanCopy) -> None:
        assert grade(sentences(write_page(plan, copy=copy))) <= 4.5

    def test_its_red_box_reads_at_grade_three_or_below(self, plan: ActionPlan, copy: PlanCopy) -> None:
        assert grade(red_box(write_page(plan, copy=copy))) <= 3.0

    def test_no_sentence_has_more_than_twenty_words(self, plan: ActionPlan, copy: PlanCopy) -> None:
        assert longest_sentence(sentences(write_page(plan, copy=copy))) <= 20


def test_a_phrase_for_one_reader_has_the_slots_of_the_one_it_stands_for() -> None:
    phrases = read_book("action_plan").phrases
    pairs = [
        (phrases[slug], phrases[base])
        for slug in phrases
        for voice in ("child-", "carer-", "wheeze-", "school-")
        if slug.startswith(voice) and (base := slug.removeprefix(voice)) in phrases
    ]
    assert len(pairs) > 60
    assert [
        own.slug for own, base in pairs if own.slots != base.slots or bool(own.one) != bool(base.one)
    ] == []
