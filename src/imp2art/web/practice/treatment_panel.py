"""What guidance says to consider, in words: what `parts/treatment.jinja` shows where the site has it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.asthma.control import Control
from imp2art.asthma.reference import Constant
from imp2art.asthma.treatment.consider import Consider, ConsiderKind
from imp2art.asthma.treatment.facts import Checked
from imp2art.documents.words import find_phrase, phrase


@dataclass(frozen=True, slots=True)
class FirstShown:
    """Something to look at first: what, and how it stands; `problem` where it was found wanting."""

    words: str
    state: str
    problem: bool


@dataclass(frozen=True, slots=True)
class ConsiderShown:
    """One thing to consider, with its source, and when to look again."""

    words: str
    source: str
    look_again: str
    warns: bool


@dataclass(frozen=True, slots=True)
class TreatmentPanel:
    """`nothing` says why there is nothing to consider; `first` stands once, above every step up."""

    considers: tuple[ConsiderShown, ...]
    first: tuple[FirstShown, ...]
    nothing: str


def treatment_panel(found: tuple[Consider, ...], level: Control, on: date) -> TreatmentPanel:
    """Everything as lines."""
    first = next((each.first for each in found if each.first), ())
    return TreatmentPanel(
        considers=tuple(_shown(each, on) for each in found),
        first=tuple(
            FirstShown(
                find_phrase("treatment", f"first-{check.slug}").text,
                find_phrase("treatment", f"state-{check.state}").text,
                check.state is Checked.PROBLEM,
            )
            for check in first
        ),
        nothing=_why_nothing(found, level),
    )


def _shown(each: Consider, on: date) -> ConsiderShown:
    weeks = each.look_again
    return ConsiderShown(
        words=find_phrase("treatment", f"consider-{each.slug}").text,
        source=_source(each.source(on)),
        look_again=phrase("treatment", "look-again", first=weeks[0], last=weeks[1]) if weeks else "",
        warns=each.kind in (ConsiderKind.WARN, ConsiderKind.REFER),
    )


def _source(known: Constant | None) -> str:
    return phrase("treatment", "source", source=known.source, tag=known.tag) if known else ""


def _why_nothing(found: tuple[Consider, ...], level: Control) -> str:
    """Warnings alone name no step: why there is none is told all the same."""
    if any(each.kind is not ConsiderKind.WARN for each in found):
        return ""
    if level is Control.INCOMPLETE:
        return find_phrase("treatment", "no-level").text
    return find_phrase("treatment", "closer-look").text if level is Control.ENQUIRE else ""
