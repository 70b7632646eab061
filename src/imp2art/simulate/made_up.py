"""Made-up identifiers of the right shape, in a namespace that nobody was given: they can mean nothing."""

from __future__ import annotations

from imp2art.codes.verhoeff import check_digit

NOBODYS = "9999999"


def made_up(number: int) -> str:
    """The identifier of this number, from 1,000 to 9,999."""
    stem = f"{number}{NOBODYS}10"
    return f"{stem}{check_digit(stem)}"
