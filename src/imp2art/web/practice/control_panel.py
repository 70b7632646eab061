"""The level of control and the risks in words: what `parts/control_level.jinja` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imp2art.asthma.control import Control
from imp2art.asthma.control_level import ControlLevel, ControlReason, Origin
from imp2art.asthma.instruments import instrument
from imp2art.asthma.reference import NotConfigured
from imp2art.asthma.risk.facts import Flag
from imp2art.documents.words import find_phrase, has_phrase, phrase
from imp2art.web.design.said import flag_in_words, plain_number, source_of_constant, source_of_flag
from imp2art.web.design.said_of_care import (
    control_in_words,
    not_checked_in_words,
    score_caution_in_words,
)
from imp2art.web.design.words import sentence, short_day


@dataclass(frozen=True, slots=True)
class Told:
    """A line, where it is from, and whether it counts."""

    words: str
    source: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class ControlPanel:
    """`level` is the headline; `poor` draws the eye; `notices` are cautions and what differs."""

    level: str
    poor: bool
    reasons: tuple[Told, ...]
    notices: tuple[str, ...]
    not_told: tuple[str, ...]
    background: tuple[Told, ...]
    not_looked_for: tuple[str, ...]


def control_panel(
    found: ControlLevel, background: tuple[Flag, ...], not_checked: tuple[NotConfigured, ...], on: date
) -> ControlPanel:
    """Everything as lines."""
    return ControlPanel(
        level=_level(found.level),
        poor=found.poor,
        reasons=tuple(_reason(each, on) for each in found.reasons),
        notices=tuple(_notices(found)),
        not_told=tuple(find_phrase("flags", f"not-run-{slug}").text for slug in found.not_configured),
        background=tuple(Told(sentence(flag_in_words(flag)), source_of_flag(flag)) for flag in background),
        not_looked_for=tuple(not_checked_in_words(check) for check in not_checked),
    )


def _level(level: Control) -> str:
    if level is Control.INCOMPLETE:
        return find_phrase("control", "level-not-asked").text
    return phrase("control", "level", level=control_in_words(level))


def _reason(reason: ControlReason, on: date) -> Told:
    said = _of_score(reason) if reason.slug in ("rcp3q", "act", "cact", "acq") else _of_fact(reason)
    if not reason.counts:
        said = phrase("control", "does-not-count", reason=said)
    return Told(sentence(said), source_of_constant(reason.source, on), reason.counts)


def _of_score(reason: ControlReason) -> str:
    today = reason.origin is Origin.TODAY or reason.on is None
    when = phrase("control", "today") if today else phrase("control", "recorded", date=_day(reason.on))
    return phrase(
        "control",
        "score",
        instrument=instrument(reason.slug).title,
        value=plain_number(reason.value),
        meaning=control_in_words(reason.says),
        when=when,
    )


def _of_fact(reason: ControlReason) -> str:
    slug = f"reason-{reason.slug}"
    known: dict[str, object] = {
        "count": plain_number(reason.value if reason.value is not None else Decimal(0)),
        "date": _day(reason.on),
        "meaning": control_in_words(reason.says),
    }
    wanted = find_phrase("control", slug).slots
    return phrase("control", slug, **{name: known[name] for name in wanted})


def _notices(found: ControlLevel) -> Iterator[str]:
    for better, worse in found.differ:
        names = {"better": instrument(better).title, "worse": instrument(worse).title}
        yield phrase("control", "differ", **names)
    for clause in found.cautions:
        ours = has_phrase("control", f"caution-{clause}")
        yield find_phrase("control", f"caution-{clause}").text if ours else score_caution_in_words(clause)


def _day(on: date | None) -> str:
    return short_day(on) if on else ""
