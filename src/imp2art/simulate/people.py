"""Who is on a practice's list: ages, names, and when they came and went."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imp2art.simulate.arrays import NEVER, YEAR, Flags, Floats, Ints, ages_on
from imp2art.simulate.dice import Dice, between, chance, weighted, weighted_rows
from imp2art.simulate.frame import Frame
from imp2art.simulate.origins import Origins
from imp2art.simulate.outline import PracticeOutline, deaths, leavers
from imp2art.simulate.parameters import Parameters

STAYS, LEAVES, DIES = 0, 1, 2
SEXES = ("F", "M", "U")
KINDS = ("gms", "temporary")
NOT_STATED = "Z"
# Category A and the mixed groups are no community that a practice could serve most.
_COMMUNITIES = ("C", "H", "J", "K", "L", "M", "N", "R", "S")
_GENERATION = int((1975 - 1970) * YEAR)
_YOUNGEST = 45  # days, so that a newborn had time to be registered


@dataclass(frozen=True, slots=True)
class People:
    """One entry a person, in the order of the list. Days as numbers; `NEVER` where there is none.

    `sex`, `kind`, `ethnicity` and `language` index `SEXES`, `KINDS` and the origins' own lists (the
    ethnicities followed by `NOT_STATED`); -1 is not recorded. `decile` 0 is not recorded. `spell_*`
    are earlier times on the same list.
    """

    born: Ints
    sex: Ints
    decile: Ints
    ethnicity: Ints
    language: Ints
    given: Ints
    generation: Ints
    family: Ints
    start: Ints
    end: Ints
    died: Ints
    kind: Ints
    spell_of: Ints
    spell_start: Ints
    spell_end: Ints

    def __len__(self) -> int:
        return len(self.born)

    def gone(self, frame: Frame) -> Ints:
        """The first day on which nothing can happen to them any more."""
        return np.minimum(np.minimum(self.end, self.died), frame.as_at + 1)


def draw_people(
    outline: PracticeOutline,
    dice: Dice,
    frame: Frame,
    parameters: Parameters,
    origins: Origins,
    months: int,
    staying: int,
) -> People:
    """All people of the practice; the last `staying` of them are on the list at the end."""
    fate = _fates(outline, dice, parameters, months, staying)
    sex, age = _ages(outline, dice, parameters, fate)
    last = np.where(fate == STAYS, frame.as_at, between(dice, frame.start, frame.as_at + 1, len(fate)))
    born = last - np.maximum((age * YEAR).astype(np.int64), _YOUNGEST)
    start = _starts(dice, parameters, born, last)
    died = np.where(fate == DIES, last, NEVER)
    end = np.where(
        fate == LEAVES, last, np.where(fate == DIES, last + between(dice, 1, 11, len(fate)), NEVER)
    )
    temporary = (fate == LEAVES) & chance(dice, parameters.number("people.temporary"), len(fate))
    start = np.where(temporary, np.maximum(start, last - between(dice, 7, 90, len(fate))), start)
    origin, ethnicity, language = _backgrounds(outline, dice, parameters, origins, len(fate))
    generation = generation_of(sex, born)
    spell_of, spell_start, spell_end = _earlier_spells(dice, parameters, born, start, fate)
    return People(
        born=born,
        sex=sex,
        decile=_deciles(outline, dice, parameters, len(fate)),
        ethnicity=ethnicity,
        language=language,
        given=origins.draw_given(dice, origin, generation),
        generation=generation,
        family=origins.family.draw(dice, origin),
        start=start,
        end=np.where(end > frame.as_at, NEVER, end),
        died=died,
        kind=temporary.astype(np.int64),
        spell_of=spell_of,
        spell_start=spell_start,
        spell_end=spell_end,
    )


def _fates(outline: PracticeOutline, dice: Dice, parameters: Parameters, months: int, staying: int) -> Ints:
    leave, die = leavers(parameters, outline.list_size, months), deaths(parameters, outline.list_size, months)
    mixed = np.repeat([STAYS, LEAVES, DIES], [outline.list_size - staying, leave, die])
    return np.concatenate([dice.permutation(mixed), np.full(staying, STAYS)])


def _ages(outline: PracticeOutline, dice: Dice, parameters: Parameters, fate: Ints) -> tuple[Ints, Floats]:
    bands = np.array(parameters.values["people.age"], dtype=np.float64)
    middle = bands[:, 0] + 2.5
    weights = bands[:, 1] * np.exp(outline.traits.age_tilt * (middle - 40) / 40)
    by_fate = np.stack(
        [
            weights,
            weights * parameters.by_age("people.leaver_age", middle),
            weights * parameters.by_age("people.death_age", middle),
        ]
    )
    age = bands[weighted_rows(dice, by_fate, fate), 0] + 5 * dice.random(len(fate))
    man = dice.random(len(fate)) >= parameters.by_age("people.women", age)
    unknown = chance(dice, parameters.number("people.sex_unknown"), len(fate))
    return np.where(unknown, 2, man.astype(np.int64)), age


def _starts(dice: Dice, parameters: Parameters, born: Ints, last: Ints) -> Ints:
    stayed = dice.exponential(parameters.number("people.years_on_list") * YEAR, len(born)).astype(np.int64)
    joined = np.maximum(last - 1 - stayed, born + between(dice, 5, 40, len(born)))
    return np.asarray(np.minimum(joined, last - 1), dtype=np.int64)


def _deciles(outline: PracticeOutline, dice: Dice, parameters: Parameters, count: int) -> Ints:
    drawn = outline.traits.decile + parameters.number("people.decile_spread") * dice.standard_normal(count)
    missing = chance(dice, parameters.number("people.decile_missing"), count)
    return np.where(missing, 0, np.clip(np.rint(drawn), 1, 10).astype(np.int64))


def _backgrounds(
    outline: PracticeOutline, dice: Dice, parameters: Parameters, origins: Origins, count: int
) -> tuple[Ints, Ints, Ints]:
    shares = parameters.shares("people.ethnicity")
    spread = parameters.number("practice.diversity_spread")
    factor = float(np.exp(outline.traits.diversity - spread**2 / 2))
    community = _COMMUNITIES[int(outline.traits.community * len(_COMMUNITIES))]
    weights = [
        share
        * (1.0 if letter == "A" else factor)
        * (parameters.number("practice.community_weight") if letter == community else 1.0)
        for letter, share in sorted(shares.items())
    ]
    ethnicity = weighted(dice, weights, count)
    origin = weighted_rows(dice, origins.by_ethnicity, ethnicity)
    language = weighted_rows(dice, origins.by_origin, origin)
    missing = dice.random(count) / parameters.number("people.ethnicity_missing")
    ethnicity = np.where(missing < 0.5, -1, np.where(missing < 1, len(origins.ethnicities), ethnicity))
    no_language = chance(dice, parameters.number("people.language_missing"), count)
    return origin, ethnicity, np.where(no_language, -1, language)


def _earlier_spells(
    dice: Dice, parameters: Parameters, born: Ints, start: Ints, fate: Ints
) -> tuple[Ints, Ints, Ints]:
    came_back: Flags = (fate == STAYS) & chance(dice, parameters.number("people.came_back"), len(born))
    end = start - between(dice, 100, 2000, len(born))
    first = end - between(dice, 200, 3000, len(born))
    of = np.flatnonzero(came_back & (first > born + 40))
    return of, first[of], end[of]


def generation_of(sex: Ints, born: Ints) -> Ints:
    """Which table of given names fits: an index into `Origins.given`."""
    return np.asarray((sex != 0) + 2 * (born < _GENERATION), dtype=np.int64)


def ages_when_last_seen(people: People, frame: Frame) -> Floats:
    """Age on the last day that the record can speak of."""
    return ages_on(people.born, people.gone(frame) - 1)
