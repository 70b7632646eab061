"""Whatever a person is called and wants: one page, or a sentence that says why not."""

from dataclasses import replace

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from imp2art.asthma.regimen import Regimen
from imp2art.core.refusal import Refusal
from imp2art.documents.letters import drawable_characters, make_drawable
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.render import render_plan
from imp2art.documents.typesetting import FONTS

PLAN = read_plan(example_plan(Regimen.PREVENTER_RELIEVER))
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=80)
LATIN = st.text(st.characters(codec="utf-8", max_codepoint=0x24F), max_size=200)
COVERED = st.text(st.sampled_from(sorted(map(chr, drawable_characters(FONTS)))), max_size=60)
NAMES = st.one_of(ANY_TEXT, LATIN, COVERED)


@settings(max_examples=60, deadline=None)
@given(name=NAMES, goal=NAMES)
def test_any_text_gives_one_page_or_a_refusal(name: str, goal: str) -> None:
    plan = replace(PLAN, goal=goal, person=replace(PLAN.person, name=name))
    try:
        page = render_plan(plan)
    except Refusal:
        return
    assert len(pypdfium2.PdfDocument(page.pdf)) == 1


@settings(max_examples=200, deadline=None)
@given(text=ANY_TEXT)
def test_what_was_made_drawable_stays_as_it_is(text: str) -> None:
    try:
        drawn = make_drawable(text, FONTS)
    except Refusal:
        return
    assert make_drawable(drawn, FONTS) == drawn
