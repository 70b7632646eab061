"""What a review leaves open, in words: the clock after an attack, what stays due, the contract's items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from imp2art.asthma.attack_clock import FollowUpClock
from imp2art.asthma.review.checks import Check
from imp2art.asthma.review.contract import ContractItem
from imp2art.documents.words import find_phrase, phrase
from imp2art.web.design.words import sentence, short_day


def clock_in_words(clock: FollowUpClock) -> str:
    """`Follow-up is due by 26 Nov 2026: 1 working day left.`"""
    due = short_day(clock.due)
    if clock.days == 0:  # late by a weekend only, or the last day itself
        return phrase("review", "clock-over" if clock.late else "clock-today", date=due)
    return phrase("review", "clock-late" if clock.late else "clock-left", date=due, count=clock.days)


def check_in_words(check: Check) -> str:
    """`Inhaler technique: not watched`."""
    return sentence(find_phrase("review", f"due-{check}").text)


def contract_in_words(item: ContractItem) -> str:
    """`Plan, coded the same day`."""
    return sentence(find_phrase("review", f"contract-{item.slug}").text)


def uncoded_in_words(slug: str) -> str:
    """`smoke at home`: an answer that writes no code."""
    return find_phrase("review", f"uncoded-{slug}").text


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "clock": clock_in_words,
        "check_due": check_in_words,
        "contract": contract_in_words,
        "uncoded": uncoded_in_words,
    }
)
