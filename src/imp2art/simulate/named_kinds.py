"""The people with a story of their own at the end of each list: `reference/named_kinds.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from imp2art.core.partial_date import PartialDate
from imp2art.core.refusal import Refusal
from imp2art.simulate.arrays import YEAR, Ints, day_number, day_of
from imp2art.simulate.coding import Coding
from imp2art.simulate.dice import Dice
from imp2art.simulate.formulary import Formulary
from imp2art.simulate.frame import Frame
from imp2art.simulate.origins import Origins
from imp2art.simulate.parameters import read_reference
from imp2art.simulate.people import SEXES, People, generation_of
from imp2art.simulate.rows import NO_VALUE, EventRows, IssueRows

LEAST_LIST = 3000
# Entries that stand even before the period.
_ALWAYS = ("asthma-diagnosis", "asthma-resolved")
_KNOWN = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
_PAST_BIRTHDAY = 100  # days


@dataclass(frozen=True, slots=True)
class Kinds:
    """The stories as rows: `person` counts the kinds from 0, and days count back from the end."""

    slugs: tuple[str, ...]
    people: tuple[dict[str, Any], ...]
    diagnosed: tuple[dict[str, Any], ...]
    events: EventRows
    issues: IssueRows

    def __len__(self) -> int:
        return len(self.slugs)


def read_kinds(coding: Coding, formulary: Formulary) -> Kinds:
    """The stories; an unknown product, dosing or kind of entry is a `Refusal`."""
    told = read_reference("named_kinds")
    try:
        events = [row for place, kind in enumerate(told.values()) for row in _event_rows(place, kind, coding)]
        issues = [
            row for place, kind in enumerate(told.values()) for row in _issue_rows(place, kind, formulary)
        ]
    except (KeyError, ValueError) as fault:
        raise Refusal(f"named_kinds.toml: {fault} is not known to the coding or the formulary.") from None
    return Kinds(
        tuple(told),
        tuple(kind["person"] for kind in told.values()),
        tuple(kind["diagnosed"] for kind in told.values()),
        EventRows(*(np.array(column, dtype=np.int64) for column in zip(*events, strict=True))),
        IssueRows(*(np.array(column, dtype=np.int64) for column in zip(*issues, strict=True))),
    )


def _event_rows(place: int, kind: dict[str, Any], coding: Coding) -> Iterator[tuple[int, ...]]:
    for entry in kind["events"]:
        of = coding.kinds[entry["what"]]
        unit = of.unit if "value" in entry else 0
        for back in entry["on"]:
            yield place, back, back, int(of.codes[0]), entry.get("value", NO_VALUE), unit


def _issue_rows(place: int, kind: dict[str, Any], formulary: Formulary) -> Iterator[tuple[int, ...]]:
    for entry in kind["issues"]:
        product = formulary.slugs.index(entry["medicine"])
        dosing = formulary.dosings.index(entry["dosing"])
        days = entry.get("on") or range(entry["from"], entry["to"] - 1, -entry["every"])
        for back in days:
            yield place, back, product, dosing, entry.get("packs", 1)


def put_kinds_last(people: People, kinds: Kinds, origins: Origins, dice: Dice, frame: Frame) -> People:
    """The people with the last of them made into the named kinds."""
    last = slice(len(people) - len(kinds), len(people))
    told = kinds.people
    born = np.array([frame.as_at - int(person["age"] * YEAR) - _PAST_BIRTHDAY for person in told])
    sex = np.array([SEXES.index(person["sex"]) for person in told])
    origin = np.array([origins.slugs.index(person["origin"]) for person in told])
    generation = generation_of(sex, born)
    columns = {
        "born": born,
        "sex": sex,
        "decile": np.array([person["decile"] for person in told]),
        "ethnicity": np.array([origins.ethnicities.index(person["ethnicity"]) for person in told]),
        "language": np.array([origins.languages.index(person["language"]) for person in told]),
        "given": origins.draw_given(dice, origin, generation),
        "generation": generation,
        "family": origins.family.draw(dice, origin),
        "start": np.array([frame.as_at - int(person["joined_years"] * YEAR) for person in told]),
    }
    told_again = ~np.isin(people.spell_of, np.arange(len(people))[last])
    return replace(
        people,
        **{name: _with_last(getattr(people, name), last, column) for name, column in columns.items()},
        spell_of=people.spell_of[told_again],
        spell_start=people.spell_start[told_again],
        spell_end=people.spell_end[told_again],
    )


def _with_last(column: Ints, last: slice, values: Ints) -> Ints:
    changed = column.copy()
    changed[last] = values
    return changed


def kind_rows(
    kinds: Kinds, first: int, coding: Coding, frame: Frame
) -> tuple[list[EventRows], list[IssueRows]]:
    """What is on record of the kinds, the first of whom is person `first` of the list."""
    events, issues = kinds.events, kinds.issues
    day = frame.as_at - events.first
    always = np.isin(events.code, np.concatenate([coding.kinds[kind].codes for kind in _ALWAYS]))
    dated = replace(events, person=events.person + first, first=day, last=day)
    issued = replace(issues, person=issues.person + first, day=frame.as_at - issues.day)
    return (
        [dated.where(always | (day >= frame.start)), _diagnoses(kinds, first, coding, frame)],
        [issued.where(issued.day >= frame.start)],
    )


def _diagnoses(kinds: Kinds, first: int, coding: Coding, frame: Frame) -> EventRows:
    spans = [_span(frame.as_at - int(told["years"] * YEAR), told["known"]) for told in kinds.diagnosed]
    count = len(kinds)
    return EventRows(
        np.arange(first, first + count, dtype=np.int64),
        np.array([start for start, _ in spans], dtype=np.int64),
        np.array([end for _, end in spans], dtype=np.int64),
        np.full(count, coding.kinds["asthma-diagnosis"].codes[0]),
        np.full(count, NO_VALUE),
        np.zeros(count, dtype=np.int64),
    )


def _span(day: int, known: str) -> tuple[int, int]:
    partial = PartialDate.parse(day_of(day).strftime(_KNOWN[known]))
    return day_number(partial.first), day_number(partial.last)
