"""The code on every copy of a plan that tells whether it is still the newest one (hazard H-02).

Eleven letters drawn by dice and a check letter, in groups of four: `7K3M-Q2XA-9RTB`. The alphabet is
Crockford's, without I, L, O and U, so that a code can be read out, written by hand and typed again.
Eleven letters of 32 are 55 bits: a code says nothing about anyone, and none is found by trying.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.core.refusal import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DICE_BYTES = 7  # 56 bits, of which 55 are used
_DRAWN = 11
_GROUP = 4
_SEPARATORS = str.maketrans("", "", " -–\t")
_MISREAD = str.maketrans("OIL", "011")
_FIELD = 0b100101  # x⁵ + x² + 1: multiplying by x walks through all 31 letters but nought


class CurrencyState(StrEnum):
    """What a code may be told to be; no more is ever told."""

    CURRENT = "current"
    REPLACED = "replaced"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Currency:
    """Whether a copy is the newest plan; `replaced_on` is the day on which another took its place."""

    state: CurrencyState
    replaced_on: date | None = None


def draw_code(dice: bytes) -> str:
    """The code that `DICE_BYTES` random bytes make, without its hyphens. `ValueError` for another number."""
    if len(dice) != DICE_BYTES:
        raise ValueError(f"a code is drawn from {DICE_BYTES} bytes")
    drawn = int.from_bytes(dice) >> 1
    values = [(drawn >> 5 * place) & 31 for place in reversed(range(_DRAWN))]
    return "".join(ALPHABET[value] for value in (*values, _check_value(values)))


def read_code(typed: str) -> str:
    """The code as it is kept, from what a person typed or a camera read.

    Small letters, spaces, hyphens, and O, I and L for 0 and 1 are all understood. Raises `Refusal` for what
    is no code: one wrong letter, or two that changed places, always are.
    """
    code = typed.upper().translate(_SEPARATORS).translate(_MISREAD)
    values = [ALPHABET.find(letter) for letter in code]
    if len(values) != _DRAWN + 1 or -1 in values or _check_value(values[:-1]) != values[-1]:
        raise Refusal("That is not a code of a plan. Look at the 12 letters and numbers again.")
    return code


def spaced_code(code: str) -> str:
    """The code in groups, as it is printed: `7K3M-Q2XA-9RTB`."""
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def _check_value(values: list[int]) -> int:
    """A sum over the field of 32 in which each place has a weight of its own, none of them nought."""
    total = 0
    for value in values:
        total = _times_x(total ^ value)
    return total


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled > 31 else doubled
