"""What may be said of someone on a list: a reason that a colleague can read, and nothing that nobody sees."""

from __future__ import annotations

import pytest

from imp2art.audit.reports.list_mark import LONGEST_REASON, Mark, check_mark
from imp2art.core.refusal import Refusal
from imp2art.core.written import as_seen

ZERO_WIDTH, RIGHT_TO_LEFT, OVERRIDE, FILLER = "\u200b", "\u200f", "\u202e", "\u3164"


@pytest.mark.parametrize(
    "reason",
    ["", " ", ZERO_WIDTH * 9, RIGHT_TO_LEFT + " " + OVERRIDE, FILLER * 4,
     "\ufeff\u00ad\u2060", "...", "12345", "–"],
)  # fmt: skip
def test_what_nobody_can_read_is_no_reason(reason):
    with pytest.raises(Refusal, match="Write why it is not appropriate"):
        check_mark(Mark.NOT_APPROPRIATE, reason, "")


@pytest.mark.parametrize("reason", ["x", "no", f"a{ZERO_WIDTH}b", "aaaa", "x x x", "A.a.A"])
def test_a_letter_or_two_is_no_reason(reason):
    with pytest.raises(Refusal, match="in words"):
        check_mark(Mark.NOT_APPROPRIATE, reason, "")


@pytest.mark.parametrize("reason", ["RIP", "Moving away", "In hospice care since 3 May", "Żałoba"])
def test_a_reason_in_words_is_taken(reason):
    check_mark(Mark.NOT_APPROPRIATE, reason, "")


def test_a_reason_of_its_full_length_is_taken_and_a_longer_one_refused():
    check_mark(Mark.NOT_APPROPRIATE, "ab " * (LONGEST_REASON // 3), "")
    with pytest.raises(Refusal, match="at most 300"):
        check_mark(Mark.NOT_APPROPRIATE, "ab " * (LONGEST_REASON // 3) + "c", "")


def test_only_what_is_seen_of_a_reason_is_kept():
    assert as_seen(f" Moving{ZERO_WIDTH} \t away{OVERRIDE}\n soon ") == "Moving away soon"


@pytest.mark.parametrize("mark", [Mark.DONE, Mark.OPEN])
def test_other_marks_need_no_reason(mark):
    check_mark(mark, "", "")


def test_assigning_needs_a_colleague():
    with pytest.raises(Refusal, match="Choose the colleague"):
        check_mark(Mark.ASSIGNED, "", "")
