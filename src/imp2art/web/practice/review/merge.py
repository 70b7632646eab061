"""Two versions of one review, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imp2art.codes.library import Library
from imp2art.flows.write_review import ReviewDesk
from imp2art.web.practice.form import Texts
from imp2art.web.practice.offered import Offered, offered_for, words_of_sign, words_of_trigger
from imp2art.web.practice.review import choices
from imp2art.web.practice.review.choices import word_of_choice
from imp2art.web.practice.review.page import ReadForm

MINE, KEEP = "mine-", "keep-"
EMPTY = "Nothing"
_CHOICES = {
    "after_causes": choices.CAUSES,
    "after_plan_used": choices.PLAN_USE,
    "after_treated_where": choices.WHERE,
    "comorbidities": choices.COMORBIDITIES,
    "links_given": choices.LINKS,
    "technique_not_done": choices.NOT_WATCHED,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which two versions differ, in words; `texts` is what this form sent for it."""

    name: str
    words: str
    mine: str
    theirs: str
    texts: tuple[str, ...]


def differences(read: ReadForm, theirs: Texts, desk: ReviewDesk, library: Library) -> list[Difference]:
    """The fields that differ, in the order in which the form is read."""
    offered = offered_for(desk.body.plan, desk.began.plan, desk.prefilled.medicines, library)
    return [
        Difference(
            name,
            words,
            _said(name, mine, offered),
            _said(name, yours, offered),
            mine,
        )
        for name, words in read.names.items()
        if (mine := _given(read.texts, name)) != (yours := _given(theirs, name))
    ]


def merged(theirs: Texts, sent: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The newer version, with this form's words where its sender chose them."""
    chosen = [
        name.removeprefix(KEEP) for name, texts in sent.items() if name.startswith(KEEP) and "mine" in texts
    ]
    return {**theirs, **{name: sent.get(MINE + name, ()) for name in chosen}}


def _given(texts: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(sorted(text.strip() for text in texts.get(name, ()) if text.strip()))


def _said(name: str, texts: tuple[str, ...], offered: Offered) -> str:
    return ", ".join(_word(name, text, offered) for text in texts) or EMPTY


def _word(name: str, text: str, offered: Offered) -> str:
    if name in ("preventer", "reliever"):
        inhaler = {**offered.preventers, **offered.relievers}.get(text)
        return inhaler.name if inhaler else text
    if name.endswith("signs") and text in (*offered.worse_signs, *offered.attack_signs):
        return words_of_sign(text)
    if name in _CHOICES:
        return word_of_choice(_CHOICES[name], text)
    return words_of_trigger(text) if name == "triggers" else text
