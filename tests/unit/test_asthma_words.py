"""Every slug that a rule can return has its words, and every word its slug: nobody is shown a code name."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

import imp2art.asthma
from imp2art.asthma.control import Control
from imp2art.asthma.plan.state import PlanState
from imp2art.asthma.reference import reference_table
from imp2art.asthma.regimen import Regimen
from imp2art.asthma.review.answers import NoPlanReason, Review
from imp2art.asthma.review.missing import Why
from imp2art.asthma.risk.flags import checks_not_run
from imp2art.audit.register import REGISTER
from imp2art.codes.library import read_library
from imp2art.codes.slots import RISK_CONDITIONS
from imp2art.documents.words import find_phrase, read_book

ROOM = Path(imp2art.asthma.__file__).parent
TODAY = date(2026, 11, 23)
TRIGGERS = {row["slug"] for row in reference_table("written_codes.toml", "trigger")}


def found_in(pattern: str, *files: str) -> set[str]:
    """The slugs that the code of the room names in this way."""
    paths = [ROOM / file for file in files] if files else sorted(ROOM.rglob("*.py"))
    return {slug for path in paths for slug in re.findall(pattern, path.read_text())}


def words_of(book: str, prefix: str) -> set[str]:
    return {slug.removeprefix(prefix) for slug in read_book(book).phrases if slug.startswith(prefix)}


INSTRUMENTS = {"rcp3q", "act", "cact", "acq"}
RISK_FILES = (
    "risk/after_attack.py",
    "risk/attacks.py",
    "risk/background.py",
    "risk/care.py",
    "risk/medicines.py",
)
RULES = (
    found_in(r'Flag\(\s*"([a-z0-9-]+)"', *RISK_FILES)
    | found_in(r'^ +\("(relievers-[a-z0-9-]+)", \d', "risk/medicines.py")
    | {"relievers-over-12", "relievers-6-or-more", "relievers-3-or-more", "relievers-not-countable"}
    | {"emergency-admission", "emergency-attendances"}
    | {"child-odds-one", "child-odds-two", "high-dose-steroid", "has-nsaid"}
    | {f"has-{slug}" for slug in RISK_CONDITIONS}
    | {f"control-poor-{instrument}" for instrument in INSTRUMENTS}
)
GAPS = found_in(r'(?:missing|unsafe)\("([a-z0-9-]+)"')
ITEMS = found_in(r'MissingItem\("([a-z0-9-]+)"', "review/missing.py")
REGIMEN_CLAUSES = found_in(r'_cannot_tell\("([a-z0-9-]+)"', "regimen.py") | {
    "reliever-only",
    "no-inhaler",
    "directions",
    "mart-code",
    "preventer-and-reliever",
    "reliever-only-under-5",
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_flag_has_its_line_and_its_rule(rule):
    assert find_phrase("flags", rule).slots <= {"date", "count"}
    assert find_phrase("flags", f"rule-{rule}").text.endswith(".")


@pytest.mark.parametrize("gap", sorted(GAPS))
def test_a_gap_says_how_to_mend_it(gap):
    words = find_phrase("review", f"gap-{gap}")
    about_a_step = gap.startswith(("point-", "increase-"))
    assert words.slots == ({"point"} if about_a_step else set())


@pytest.mark.parametrize(
    ("book", "prefix", "slugs"),
    [
        ("review", "gap-", GAPS),
        ("review", "item-", ITEMS),
        ("review", "why-", set(Why)),
        ("review", "no-plan-", set(NoPlanReason)),
        ("flags", "plan-state-", set(PlanState)),
        ("flags", "control-", set(Control) | {f"poor-{instrument}" for instrument in INSTRUMENTS}),
        ("flags", "regimen-name-", set(Regimen)),
        ("flags", "off-register-", {clause.name for clause in REGISTER} | {"cannot-tell"}),
        ("flags", "not-run-", {check.slug for check in checks_not_run(TODAY, read_library())}),
        ("flags", "rule-", RULES),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_words_and_slugs_are_the_same_set(book, prefix, slugs):
    assert words_of(book, prefix) == slugs


def test_the_clauses_of_the_regimen_have_their_words():
    names = {f"name-{regimen.value}" for regimen in Regimen}
    assert words_of("flags", "regimen-") - names == REGIMEN_CLAUSES


def test_cautions_have_their_words():
    named = found_in(r'"((?:rcp3q|act|cact|acq)-(?:under|outside|needs)[a-z0-9-]*)"', "control.py")
    named |= found_in(r'Finding\(Outcome\.MET, "([a-z-]+-(?:plan|old|saba))"', "plan/draft.py", "regimen.py")
    assert words_of("flags", "caution-") == named


def test_what_a_new_plan_changes_has_its_words():
    from imp2art.asthma.plan.changes import compare_plans
    from tests.spec.plans import MART, PEAK_FLOW

    changed = {change.field for change in compare_plans(MART, PEAK_FLOW)}
    assert changed <= words_of("review", "change-")


def test_every_field_of_the_review_is_asked_in_words():
    names = {
        "rcp3q": "rcp3q-sleep",
        "attacks_12_months": "attacks",
        "technique_observed": "technique",
        "medicines_checked": "medicines",
        "adherence_good": "adherence",
        "smoking_advice_given": "smoking-advice",
        "teach_back_done": "teach-back",
        "technique_checks": "technique",
        "attack": "attack-on",
    }
    unasked = {"note", "kind"}  # the kind is what the page was opened for
    asked = {names.get(field.name, field.name.replace("_", "-")) for field in fields(Review)} - unasked
    assert asked <= words_of("review", "question-")


def test_every_trigger_that_is_read_from_a_code_has_its_words_in_the_plan():
    assert words_of("action_plan", "trigger-") >= TRIGGERS


def test_h17_a_score_of_one_is_never_called_uncontrolled():
    assert "control" not in find_phrase("flags", "control-enquire-further").text
