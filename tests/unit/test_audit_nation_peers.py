"""A nation's figures for others to compare with: protected, newest months, who is similar to whom."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from imp2art.audit.nation import NationCounts
from imp2art.audit.nation_peers import peer_tables, peers_of
from imp2art.audit.peers import DECILES, PeerPractice, PeerTable, fifth_in, fifth_of, peer_table
from imp2art.core.period import month_ends
from imp2art.core.refusal import Refusal

MONTHS = month_ends(date(2026, 10, 31), 3)
PRACTICES = ("A00001", "A00002")
SLUGS = ("saba-6", "asthma-register", "qof-ast007")
EVERYWHERE = np.ones((3, 2), bool)
# Of each practice by indicator: people, and those who met it. Two months before are 100 people fewer.
PEOPLE, MET = np.array([[203, 45], [5_012, 4_999], [90, 70]]), np.array([[38, 7], [203, 45], [88, 30]])


def counts() -> NationCounts:
    people = np.stack([PEOPLE + 100, PEOPLE + 100, PEOPLE], axis=1).astype(np.int32)
    met = np.repeat(MET[:, np.newaxis], 3, axis=1).astype(np.int32)
    nobody = np.zeros_like(people)
    return NationCounts(SLUGS, MONTHS, PRACTICES, people, met, nobody, nobody)


def deciles_of(*deciles: int) -> np.ndarray:
    return np.bincount(deciles, minlength=DECILES)


def test_each_count_is_hidden_or_rounded():
    tables = dict(peer_tables(counts(), EVERYWHERE, 1))

    assert list(tables) == sorted(SLUGS)
    assert tables["saba-6"] == PeerTable(((205, 45),), ((40, None),))
    # All but two met it, so how many did is hidden.
    assert tables["qof-ast007"] == PeerTable(((90, 70),), ((None, 30),))


def test_the_newest_months_are_given():
    table = dict(peer_tables(counts(), EVERYWHERE, 2))["saba-6"]

    assert table.denominators == ((305, 145), (205, 45))


def test_more_months_than_were_counted_are_all_that_were():
    assert len(dict(peer_tables(counts(), EVERYWHERE, 12))["saba-6"].numerators) == 3


def test_what_is_not_in_the_pack_of_a_nation_is_hidden_there():
    counted = EVERYWHERE.copy()
    counted[2, 1] = False

    table = dict(peer_tables(counts(), counted, 1))["qof-ast007"]

    assert (table.denominators, table.numerators) == (((90, None),), ((None, None),))


def test_what_is_counted_nowhere_is_left_out():
    counted = EVERYWHERE.copy()
    counted[2] = False

    assert list(dict(peer_tables(counts(), counted, 1))) == ["asthma-register", "saba-6"]


def test_practices_are_similar_by_nation_newest_list_and_deprivation():
    found = peers_of(counts(), ["England", "Wales"], np.stack([deciles_of(1, 2), deciles_of(9, 0, 0)]))

    assert found == (PeerPractice("A00001", "England", 1, 1), PeerPractice("A00002", "Wales", 0, None))


@pytest.mark.parametrize("seed", range(5))
def test_a_fifth_by_counts_is_that_of_the_people(seed):
    deciles = np.random.default_rng(seed).integers(0, 11, 40).astype(np.uint8)

    assert fifth_in(deciles_of(*deciles)) == fifth_of(deciles)


@pytest.mark.parametrize("count", [0, 5, 7, 52, -5])
def test_a_table_that_is_not_protected_is_refused(count):
    with pytest.raises(Refusal, match="not protected"):
        peer_table(np.array([[200]]), np.array([[count]]))
