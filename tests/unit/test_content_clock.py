"""Every state, step, cause, check and version that the clock can answer has its words."""

from __future__ import annotations

import pytest

from imp2art.audit.reports.release import CheckCode, Grade, ReleaseCheck, Version
from imp2art.audit.reports.report_clock import ORDER, Cause, Step
from imp2art.audit.reports.table_set import SetAction, SetState
from imp2art.documents.words import has_phrase
from imp2art.flows.release_tables import TABLES
from imp2art.web.design.said_of_reports import check_in_words, grade_in_words

NEEDED = [
    *(f"state-{step}" for step in ORDER),
    *(f"step-{step}" for step in Step),
    *(f"cause-{cause}" for cause in Cause),
    *(f"grade-{grade}" for grade in Grade),
    *(f"version-{version}" for version in Version),
    *(f"set-{state}" for state in SetState),
    *(f"did-{action}" for action in SetAction),
    *(f"{part}-{table}" for table in TABLES for part in ("table", "note")),
]
GRADES = {
    CheckCode.ENGINES: Grade.STOP,
    CheckCode.COVERED: Grade.STOP,
    CheckCode.DATA_AGE: Grade.LOOK,
    CheckCode.REGISTER: Grade.LOOK,
    CheckCode.REJECTED: Grade.LOOK,
    CheckCode.JUMPED: Grade.LOOK,
    CheckCode.NOT_CONFIGURED: Grade.NOTE,
    CheckCode.VERSION: Grade.STOP,
}


@pytest.mark.parametrize("slug", NEEDED)
def test_there_are_words_for_it(slug):
    assert has_phrase("clock", slug)


@pytest.mark.parametrize("code", CheckCode)
def test_each_check_has_words_for_each_of_its_grades(code):
    for grade in (Grade.OK, GRADES[code]):
        check = ReleaseCheck(code, grade, -21, ("saba-6", "an-old-slug"))
        assert check_in_words(check).endswith(".")
        assert grade_in_words(check)


def test_a_check_names_its_indicators_and_its_number_without_a_sign():
    jumped = check_in_words(ReleaseCheck(CheckCode.JUMPED, Grade.LOOK, 1, ("saba-6",)))
    assert jumped == "Moved by more than chance alone would give: 6 or more relievers a year."
    moved = check_in_words(ReleaseCheck(CheckCode.REGISTER, Grade.LOOK, -23))
    assert "moved by 23%" in moved
