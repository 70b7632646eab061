"""What a person wrote, as another will see it."""

from __future__ import annotations

import pytest

from imp2art.core.written import as_seen, is_in_words


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Moving away", "Moving away"),
        ("  Moving \t\n away ", "Moving away"),
        ("Moving\u00a0away", "Moving away"),
        ("Mov\u200bing\u202e away\u200f", "Moving away"),
        ("\u3164\u2800\ufeff\x00", ""),
        ("Żałoba, 3 May", "Żałoba, 3 May"),
    ],
)
def test_only_what_is_seen_is_left(text, seen):
    assert as_seen(text) == seen


@pytest.mark.parametrize("text", ["RIP", "ill", "Moving away", "\u202eRIP"])
def test_words_are_words(text):
    assert is_in_words(text)


@pytest.mark.parametrize("text", ["", "x", "no", "aaaa", "123", "...", "a\u200bb", "\u200b" * 20])
def test_a_letter_a_number_or_nothing_is_not(text):
    assert not is_in_words(text)
