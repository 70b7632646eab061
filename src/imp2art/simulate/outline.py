"""What is fixed of a practice before its people are made: its name, its size and how it works."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.simulate.dice import Dice, dice_of, weighted
from imp2art.simulate.nhs_numbers import MOST_PEOPLE
from imp2art.simulate.parameters import Parameters, read_reference

MOST_PRACTICES = 99_999


@dataclass(frozen=True, slots=True)
class PracticeTraits:
    """How a practice differs from the next; each is 0 (or false) in the middle practice.

    `prevalence`, `relievers`, `diversity` and `new_regimens` are on the log scale, `reviews`, `plans`
    and `follow_up` on the logit scale. `decile` is the middle of its patients' deprivation,
    `community` which group it serves most (a share of the way through the list of groups),
    `label_style` which of the three forms of directions it prints.
    """

    prevalence: float
    reviews: float
    plans: float
    follow_up: float
    relievers: float
    new_regimens: float
    age_tilt: float
    decile: float
    diversity: float
    community: float
    counts_doses: bool
    label_style: int


@dataclass(frozen=True, slots=True)
class PracticeOutline:
    """One practice to be made. `people` are all who were ever on the list in the period, `list_size`
    those registered and alive on the last day; `first_person` numbers its first over all practices.
    """

    index: int
    code: PracticeCode
    name: str
    nation: str
    system: str
    list_size: int
    people: int
    first_person: int
    traits: PracticeTraits


def outline_practices(
    parameters: Parameters, seed: int, months: int, practices: int | None = None, people: int | None = None
) -> tuple[PracticeOutline, ...]:
    """The practices to be made.

    `practices` alone: so many, their sizes drawn. With `people`: so many, each with a list of that
    size. `people` alone: as many as it takes for their lists to hold that many, the last cut to fit.
    A practice's outline depends on the seed, its own place and its size alone.
    """
    _check_wishes(practices, people)
    outlines: list[PracticeOutline] = []
    first_person, left = 0, people
    while len(outlines) != practices and left != 0 and len(outlines) < MOST_PRACTICES:
        outline = _outline(parameters, seed, months, len(outlines), first_person, left, practices is not None)
        outlines.append(outline)
        first_person += outline.people
        if practices is None and left is not None:
            left -= outline.list_size
    if first_person > MOST_PEOPLE:
        raise Refusal(f"The test range has NHS numbers for {MOST_PEOPLE:,} people. Simulate fewer.")
    return tuple(outlines)


def _check_wishes(practices: int | None, people: int | None) -> None:
    if practices is None and people is None:
        raise Refusal("Say how many practices or how many people to simulate.")
    if practices is not None and not 1 <= practices <= MOST_PRACTICES:
        raise Refusal(f"The number of practices must lie between 1 and {MOST_PRACTICES:,}.")
    if people is not None and people < 1:
        raise Refusal("The number of people must be 1 or more.")


def _outline(
    parameters: Parameters,
    seed: int,
    months: int,
    index: int,
    first_person: int,
    people: int | None,
    exactly: bool,
) -> PracticeOutline:
    dice = dice_of(seed, index, "outline")
    list_size = _list_size(parameters, dice)
    if people is not None:
        list_size = people if exactly else min(list_size, people)
    gone = leavers(parameters, list_size, months) + deaths(parameters, list_size, months)
    return PracticeOutline(
        index,
        PracticeCode(f"SIM{index + 1:05d}"),
        _name(dice),
        _one(dice, parameters.shares("practice.nation")),
        _one(dice, parameters.shares("practice.system")),
        list_size,
        list_size + gone,
        first_person,
        _traits(parameters, dice),
    )


def leavers(parameters: Parameters, list_size: int, months: int) -> int:
    """How many moved away in the period."""
    return round(list_size * parameters.number("people.leavers_a_year") * months / 12)


def deaths(parameters: Parameters, list_size: int, months: int) -> int:
    """How many died in the period."""
    return round(list_size * parameters.number("people.deaths_a_year") * months / 12)


def _list_size(parameters: Parameters, dice: Dice) -> int:
    drawn = parameters.number("practice.list_size_median") * np.exp(
        parameters.number("practice.list_size_spread") * dice.standard_normal()
    )
    least, most = (parameters.number(f"practice.list_size_{end}") for end in ("least", "most"))
    # A size below the least is mirrored above it, so that none heap up at the limit.
    return round(float(min(max(drawn, least**2 / drawn), most)))


@lru_cache(maxsize=1)
def _names() -> tuple[list[str], list[str]]:
    reference = read_reference("practice_names")
    return reference["places"], reference["kinds"]


def _name(dice: Dice) -> str:
    places, kinds = _names()
    return f"{places[dice.integers(len(places))]} {kinds[dice.integers(len(kinds))]}"


def _one(dice: Dice, shares: dict[str, float]) -> str:
    return list(shares)[int(weighted(dice, list(shares.values()), 1)[0])]


def _traits(parameters: Parameters, dice: Dice) -> PracticeTraits:
    def spread(name: str) -> float:
        return parameters.number(f"practice.{name}_spread") * float(dice.standard_normal())

    return PracticeTraits(
        prevalence=spread("prevalence"),
        reviews=spread("review"),
        plans=spread("plan"),
        follow_up=spread("follow_up"),
        relievers=spread("reliever"),
        new_regimens=spread("new_regimen"),
        age_tilt=spread("age_tilt"),
        decile=float(np.clip(5.5 + spread("deprivation"), 1.0, 10.0)),
        diversity=spread("diversity"),
        community=float(dice.random()),
        counts_doses=bool(dice.random() < parameters.number("practice.counts_doses")),
        label_style=int(dice.integers(3)),
    )
