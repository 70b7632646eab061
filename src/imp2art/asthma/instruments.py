"""The instruments of a review: who owns each, what may be shown of it, and how its score is worked out.

The questions of a licensed instrument never ship with the project. A site that holds the licence installs
them as an item pack (`item_packs`); without one, or with one that is refused, its total can still be entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from imp2art.asthma.reference import reference_table
from imp2art.core.refusal import Refusal


class Licence(StrEnum):
    """What may be shown of an instrument."""

    OPEN = "open"  # its questions ship, in our words, with its owner named
    LICENSED = "licensed"  # only its total; its questions need the site's own licence
    FACTS = "facts"  # yes or no facts in our words; nothing of its text


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument. `scoring` names its rule in `control.py`; `ships` where our words for it are."""

    id: str
    title: str
    version: str
    owner: str
    licence: Licence
    licence_ref: str
    attribution: str
    scoring: str
    ships: str

    @property
    def may_have_pack(self) -> bool:
        """Whether a site may install its questions."""
        return self.licence is Licence.LICENSED


@cache
def instruments() -> tuple[Instrument, ...]:
    """All that are known, in the order of `reference/instruments.toml`."""
    rows = reference_table("instruments.toml", "instrument")
    return tuple(Instrument(**{**row, "licence": Licence(row["licence"])}) for row in rows)


def instrument(slug: str) -> Instrument:
    """The instrument of that id. `Refusal` names the known ones."""
    found = next((each for each in instruments() if each.id == slug), None)
    if found is None:
        known = ", ".join(each.id for each in instruments())
        raise Refusal(f"There is no instrument called {slug!r}. Known: {known}.")
    return found
