"""Why a plan is one to renew, which family it is of, and its copies, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from imp2art.asthma.plan.family import FamilyFinding, PlanCopy
from imp2art.core.finding import Finding
from imp2art.documents.words import find_phrase
from imp2art.web.design.said import several_in_words, words

_BOOK = "renewal"


def overtaken_in_words(why: Iterable[Finding]) -> str:
    """`an attack on 12 Nov 2026 and a new treatment since 20 Nov 2026`."""
    return several_in_words(words(_BOOK, f"overtaken-{each.clause}", each.on) for each in why)


def family_in_words(found: FamilyFinding) -> str:
    """`Plan for a child of 5 to 11`, or why no plan fits."""
    if found.family is None:
        return find_phrase(_BOOK, f"no-family-{found.finding.clause}").text
    return find_phrase(_BOOK, f"family-{found.family.value}").text


def copy_in_words(copy: PlanCopy) -> str:
    """`For school or nursery`."""
    return find_phrase(_BOOK, f"copy-{copy.value}").text


def answer_in_words(answer: bool | None) -> str:
    """Not asked is never no (H-15)."""
    return find_phrase(
        _BOOK, "answer-not-asked" if answer is None else f"answer-{'yes' if answer else 'no'}"
    ).text


def renewal_words(slug: str) -> str:
    """A question or a request of the page that renews a plan."""
    return find_phrase(_BOOK, slug).text


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "overtaken": overtaken_in_words,
        "plan_family": family_in_words,
        "plan_copy": copy_in_words,
        "renewal": renewal_words,
        "yes_no_or_not_asked": answer_in_words,
    }
)
