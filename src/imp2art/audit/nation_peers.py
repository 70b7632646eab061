"""The figures of a whole nation as practices compare theirs with them: protected, and what makes practices
similar. An indicator that is not in a nation's pack is hidden in all its practices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.disclosure import protect_counts
from imp2art.audit.nation import NationCounts
from imp2art.audit.nation_figures import Flags
from imp2art.audit.packing.compact import Base, Month
from imp2art.audit.peers import DECILES, HIDDEN, PeerPractice, PeerTable, fifth_in, peer_table, size_band
from imp2art.audit.register import REGISTER_SLUG


def decile_counts(base: Base, months: Sequence[Month]) -> NDArray[np.int64]:
    """How many people each practice of a part has in each decile of deprivation after its months, 0 not
    known: shape (practices, `DECILES`). The quiet are among them, as in a practice's own report.
    """
    pack, come = base.pack, sum(len(month.new_ids) for month in months)
    practices, nobody = len(pack.practices), np.zeros(come, np.int32)
    packed = np.repeat(np.arange(practices, dtype=np.int32), np.diff(pack.bounds))
    practice = np.concatenate((packed, base.quiet.practice, nobody))
    decile = np.concatenate((pack.decile, base.quiet.decile, nobody.astype(np.uint8)))
    for month in months:  # each tells all of whoever it names, those who came with it too
        practice[month.number] = month.records.practice
        decile[month.number] = month.records.decile
    counts = np.bincount(practice * DECILES + decile, minlength=practices * DECILES)
    return counts.reshape(practices, DECILES)


def peers_of(
    counts: NationCounts, nations: Sequence[str], deciles: NDArray[np.int64]
) -> tuple[PeerPractice, ...]:
    """What makes each practice of `counts` similar to others, in its order. The list is that of the newest
    month end; `deciles` are as `decile_counts` gives them."""
    listed = counts.denominator[counts.slugs.index(REGISTER_SLUG), -1].tolist()
    return tuple(
        PeerPractice(code, nation, size_band(people), fifth_in(row))
        for code, nation, people, row in zip(counts.practices, nations, listed, deciles, strict=True)
    )


def peer_tables(counts: NationCounts, counted: Flags, months: int) -> Iterator[tuple[str, PeerTable]]:
    """The protected figures of the newest `months` by slug, one indicator in memory at a time.

    `counted` is of shape (indicators, practices); an indicator that is counted nowhere is left out.
    """
    for slug in sorted(counts.slugs):
        at = counts.slugs.index(slug)
        if counted[at].any():
            both = protect_counts(counts.denominator[at, -months:], counts.numerator[at, -months:])
            yield slug, peer_table(*(np.where(counted[at], table, HIDDEN) for table in both))
