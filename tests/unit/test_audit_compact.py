"""Compact parts: the quick sorting against the plain one, and a part's months one after the other."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from imp2art.audit.packing.compact import Base, Records, Rows, compact, numbers_of, with_spells
from imp2art.audit.packing.compact_loops import find_people, index_people, take_away
from imp2art.audit.packing.compact_months import Arrived, add_month, joined
from imp2art.audit.packing.compact_slices import slices
from imp2art.audit.packing.pack_people import EntryRows, PeopleRows, SpellRows, pack_people
from imp2art.audit.packing.packed import NEVER, Kind, Needs, Pack

KINDS = (Kind(frozenset({"gate"})), Kind(frozenset({"other"})), Kind(frozenset({"other", "gate"})))
NEEDS = Needs(frozenset({"gate", "other"}), frozenset(), frozenset(), frozenset({"gate"}))
PRACTICES = ("A", "B", "C", "D")


class Drawn:
    """People, spells and entries drawn at random; a few people have no spell, or none but touching ones."""

    def __init__(self, seed: int, people: int = 300) -> None:
        dice = np.random.default_rng(seed)
        self.ids = dice.permutation(10**6)[:people].astype(np.int64) - 5 * 10**5
        self.practice = dice.integers(0, 4, people).astype(np.int32)
        self.born = dice.integers(-20000, 15000, people).astype(np.int16)
        self.died = np.where(dice.random(people) < 0.2, dice.integers(15000, 20000, people), NEVER).astype(
            np.int16
        )
        self.small = [dice.integers(0, most, people).astype(np.uint8) for most in (4, 11, 27)]
        spells = people * 2
        self.spell_owner = dice.integers(0, people, spells).astype(np.int32)
        self.start = dice.integers(14000, 20000, spells).astype(np.int16)
        span = dice.integers(0, 3000, spells)
        self.end = np.where(dice.random(spells) < 0.3, NEVER, self.start + span).astype(np.int16)
        rows = people * 5
        self.owner = dice.integers(0, people, rows).astype(np.int32)
        self.kind = np.where(dice.random(rows) < 0.9, 1, dice.integers(0, 3, rows)).astype(np.uint16)
        self.first = dice.integers(17000, 20000, rows).astype(np.int16)
        partial = dice.random(rows) < 0.1
        self.last = np.where(partial, self.first + 364, self.first).astype(np.int16)

    def records(self, spells: np.ndarray | None = None) -> Records:
        """Everyone, with the chosen spells."""
        chosen = np.ones(len(self.start), bool) if spells is None else spells
        nothing = np.zeros(0, np.int16)
        offsets = np.zeros(len(self.ids) + 1, np.int64)
        plain = Records(self.practice, self.born, self.died, *self.small, offsets, nothing, nothing)
        return with_spells(plain, self.spell_owner[chosen], self.start[chosen], self.end[chosen])

    def rows(self) -> Rows:
        return Rows(self.owner, self.kind, self.first, self.last)

    def base(self) -> Base:
        return compact(PRACTICES, self.ids, self.records(), self.rows(), KINDS, NEEDS)


def assert_same(one: Pack, other: Pack) -> None:
    for field in fields(Pack):
        ours, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(ours, np.ndarray):
            assert ours.tolist() == theirs.tolist(), field.name
        else:
            assert ours == theirs


@pytest.mark.parametrize("seed", range(5))
def test_a_compact_part_is_the_pack_that_plain_sorting_makes(seed):
    drawn = Drawn(seed)
    plain = pack_people(
        PRACTICES,
        PeopleRows(drawn.practice, drawn.born, drawn.died, *drawn.small),
        SpellRows(drawn.spell_owner, drawn.start, drawn.end),
        EntryRows(drawn.owner, drawn.kind, drawn.first, drawn.last),
        KINDS,
        NEEDS,
    )
    base = drawn.base()

    assert 0 < len(base.ids) < len(drawn.ids)
    assert_same(base.pack, plain.pack)
    assert base.ids.tolist() == drawn.ids[plain.rows].tolist()


@pytest.mark.parametrize("seed", range(5))
def test_months_one_after_the_other_are_as_one_build(seed):
    """The people and rows of a build, handed over in three deliveries."""
    drawn = Drawn(seed)
    dice = np.random.default_rng(seed + 100)
    turn = dice.integers(0, 3, len(drawn.ids))  # when each person comes
    row_turn = np.maximum(dice.integers(0, 3, len(drawn.owner)), turn[drawn.owner])
    spell_turn = np.maximum(dice.integers(0, 3, len(drawn.start)), turn[drawn.spell_owner])
    _, twice = np.unique(drawn.spell_owner.astype(np.int64) * 10**6 + drawn.start, return_index=True)
    unique = np.isin(np.arange(len(drawn.start)), twice)  # one of a start would take the other's place
    here = turn == 0
    place = np.cumsum(here).astype(np.int32) - 1
    spells, rows = unique & (spell_turn == 0), row_turn == 0
    everyone = drawn.records(np.zeros(len(drawn.start), bool))
    base = compact(
        PRACTICES,
        drawn.ids[here],
        with_spells(
            some(everyone, here), place[drawn.spell_owner[spells]], drawn.start[spells], drawn.end[spells]
        ),
        Rows(place[drawn.owner[rows]], drawn.kind[rows], drawn.first[rows], drawn.last[rows]),
        KINDS,
        NEEDS,
    )
    months = []
    number = np.full(len(drawn.ids), -1, np.int32)
    number[here] = numbers_of(base, (), drawn.ids[here])
    for month in (1, 2):
        came = turn == month
        number[came] = number.max() + 1 + np.arange(came.sum())
        spells, rows = unique & (spell_turn == month), row_turn == month
        arrived = Arrived(
            drawn.ids[came],
            number[came],
            some(everyone, came),
            number[drawn.spell_owner[spells]],
            drawn.start[spells],
            drawn.end[spells],
            np.ones(int(spells.sum()), bool),
            Rows(number[drawn.owner[rows]], drawn.kind[rows], drawn.first[rows], drawn.last[rows]),
            KINDS,
        )
        months.append(add_month(base, months, arrived))
    grown = joined(base, months)
    whole = compact(PRACTICES, drawn.ids, drawn.records(unique), drawn.rows(), KINDS, NEEDS).pack

    assert grown.other_start.tolist() == whole.other_start.tolist()
    assert grown.other_end.tolist() == whole.other_end.tolist()
    assert grown.bounds.tolist() == whole.bounds.tolist()
    assert sorted(people_of(grown)) == sorted(people_of(whole))


def some(records: Records, chosen: np.ndarray) -> Records:
    nothing = np.zeros(0, np.int16)
    columns = (getattr(records, name)[chosen] for name in Records.__slots__[:6])
    return Records(*columns, np.zeros(int(chosen.sum()) + 1, np.int64), nothing, nothing)


def people_of(pack: Pack) -> list[tuple]:
    """Each person of a pack as one value, whatever their place."""
    practice = np.repeat(np.arange(len(pack.practices)), np.diff(pack.bounds))
    lasts = dict(zip(pack.partial_row.tolist(), pack.partial_last.tolist(), strict=True))
    return [
        (
            practice[p],
            pack.born[p],
            pack.died[p],
            pack.sex[p],
            pack.decile[p],
            pack.ethnicity[p],
            *(
                tuple(a[pack.spell_offsets[p] : pack.spell_offsets[p + 1]])
                for a in (pack.spell_start, pack.spell_end)
            ),
            *(
                (pack.kind[row], pack.day[row], lasts.get(row))
                for row in range(pack.offsets[p], pack.offsets[p + 1])
            ),
        )
        for p in range(len(pack))
    ]


def test_slices_are_the_pack_practice_by_practice():
    pack = Drawn(3).base().pack
    cut = list(slices(pack, 1))

    assert [piece.practices for piece in cut] == [(code,) for code in PRACTICES]
    people = [people_of(piece) for piece in cut]
    assert [person[1:] for each in people for person in each] == [person[1:] for person in people_of(pack)]
    assert np.concatenate([piece.other_start for piece in cut]).tolist() == pack.other_start.tolist()
    assert [len(piece) for piece in slices(pack, 10**9)] == [len(pack)]


def test_pseudonyms_of_any_pattern_are_found():
    ids = np.array([0, -1, 2**62, -(2**63), 7, 2**32, 2**33, 7], np.int64)
    keys, places, first = index_people(ids)

    assert find_people(keys, places, ids).tolist() == [0, 1, 2, 3, 4, 5, 6, 4]
    assert first.tolist() == [0, 1, 2, 3, 4, 5, 6, 4]
    assert find_people(keys, places, np.array([1, 8], np.int64)).tolist() == [-1, -1]


def test_as_many_days_are_taken_away_as_are_gone():
    days, gone = np.array([1, 1, 1, 4, 9], np.int16), np.array([1, 4, 5], np.int16)

    assert take_away(days, gone).tolist() == [1, 1, 9]
