"""Whatever the numbers of a plan: every language says the same ones, and no sentence is half English."""

import re
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from imp2art.asthma.plan.action_plan import ActionPlan, PointAction
from imp2art.asthma.plan.family import PlanFamily
from imp2art.documents.directions import split_held
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.page import write_page
from imp2art.documents.plan.text import text_of
from imp2art.documents.plan.translations import LANGUAGES
from imp2art.documents.plan.words import words_in

EXAMPLES = [read_plan(example_plan(family)) for family in PlanFamily]
PUFFS, LITRES = st.integers(1, 24), st.integers(60, 800)
# A minute is left out: English says “every minute” where others may count it.
SECONDS = st.sampled_from([None, 15, 30, 45, 120, 180, 240, 300])


@st.composite
def plans(draw: st.DrawFn) -> ActionPlan:
    """An example of any family with other numbers, actions and dates, whether one would sign it or not."""
    plan = draw(st.sampled_from(EXAMPLES))
    usual = replace(
        plan.usual,
        reliever_puffs=draw(PUFFS),
        morning_puffs=draw(st.none() | PUFFS),
        evening_puffs=draw(st.none() | PUFFS),
        max_puffs_a_day=draw(PUFFS),
    )
    emergency = replace(
        plan.emergency, puffs_each=draw(PUFFS), max_puffs=draw(PUFFS), seconds_between=draw(SECONDS)
    )
    points = tuple(
        replace(
            point,
            action=draw(st.sampled_from(PointAction)),
            dose=draw(PUFFS),
            days=draw(st.none() | st.integers(2, 14)),
            call_within_hours=draw(st.none() | st.integers(2, 72)),
            peak_flow_below=draw(st.none() | LITRES),
        )
        for point in plan.action_points
    )
    due = draw(st.dates(plan.made_on, plan.made_on.replace(year=plan.made_on.year + 3)))
    return replace(plan, usual=usual, emergency=emergency, action_points=points, review_due=due)


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))


@settings(max_examples=120, deadline=None)
@given(plan=plans(), language=st.sampled_from(LANGUAGES))
def test_every_language_says_the_numbers_of_the_english(plan: ActionPlan, language: str) -> None:
    """H-27."""
    said = text_of(write_page(plan, words_in(language, is_draft=True)))
    assert numbers(said) == numbers(text_of(write_page(plan)))


@settings(max_examples=60, deadline=None)
@given(plan=plans(), language=st.sampled_from(["ar", "ur"]))
def test_no_sentence_is_half_in_english(plan: ActionPlan, language: str) -> None:
    """Latin letters stand only in what is held: a value, or a sentence that is English as a whole."""
    said = text_of(write_page(plan, words_in(language, is_draft=True)))
    outside = "".join(words for mark, words in split_held(said) if not mark)
    assert re.findall(r"[A-Za-z]{2,}", outside) == []
