"""Where a made-up person's family comes from: it decides names, main language and ethnic category."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from imp2art.simulate.arrays import Floats, Ints
from imp2art.simulate.dice import Dice
from imp2art.simulate.parameters import read_reference

_GIVEN = ("given_f", "given_m", "given_f_before_1975", "given_m_before_1975")


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names of all origins in one list; each origin's stand together, from `start`, `size` of them."""

    names: tuple[str, ...]
    start: Ints
    size: Ints

    def draw(self, dice: Dice, origins: Ints) -> Ints:
        """An index into `names` for each origin; early names of an origin come more often."""
        share = dice.random(len(origins)) ** 1.6
        return self.start[origins] + np.floor(share * self.size[origins]).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Origins:
    """`by_ethnicity[e, o]` and `by_origin[o, l]` are weights: of the origin in ethnic category `e`, of
    language `l` in origin `o`. `given` has one table for each sex and generation.
    """

    slugs: tuple[str, ...]
    ethnicities: tuple[str, ...]
    languages: tuple[str, ...]
    by_ethnicity: Floats
    by_origin: Floats
    given: tuple[NameTable, ...]
    family: NameTable

    def draw_given(self, dice: Dice, origin: Ints, generation: Ints) -> Ints:
        """An index into the names of `given[generation]` for each person."""
        names = np.zeros(len(origin), dtype=np.int64)
        for kind, table in enumerate(self.given):
            names = np.where(generation == kind, table.draw(dice, origin), names)
        return names


@lru_cache(maxsize=1)
def read_origins() -> Origins:
    """The names and languages of `reference/origins.toml`."""
    told = read_reference("origins")
    ethnicities = _words(told, "ethnicity")
    languages = _words(told, "languages")
    return Origins(
        tuple(told),
        ethnicities,
        languages,
        _weights(told, "ethnicity", ethnicities).T,
        _weights(told, "languages", languages),
        tuple(_table([_given(origin, kind) for origin in told.values()]) for kind in _GIVEN),
        _table([origin["family"] for origin in told.values()]),
    )


def _words(told: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(sorted({word for origin in told.values() for word in origin[key]}))


def _weights(told: dict[str, Any], key: str, words: tuple[str, ...]) -> Floats:
    return np.array([[origin[key].get(word, 0.0) for word in words] for origin in told.values()])


def _given(origin: dict[str, Any], kind: str) -> list[str]:
    names: list[str] = origin.get(kind, origin[kind[: len("given_f")]])
    return names


def _table(lists: list[list[str]]) -> NameTable:
    size = np.array([len(names) for names in lists], dtype=np.int64)
    start = np.cumsum(size) - size
    return NameTable(tuple(name for names in lists for name in names), start, size)
