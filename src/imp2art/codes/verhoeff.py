"""The Verhoeff check digit of SNOMED CT identifiers (clinical fact file §6.2)."""

_D5 = tuple(
    tuple(int(digit) for digit in row)
    for row in (
        "0123456789",
        "1234067895",
        "2340178956",
        "3401289567",
        "4012395678",
        "5987604321",
        "6598710432",
        "7659821043",
        "8765932104",
        "9876543210",
    )
)
_INVERSE = (0, 4, 3, 2, 1, 5, 6, 7, 8, 9)
_STEP = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _permutations() -> tuple[tuple[int, ...], ...]:
    rows: list[tuple[int, ...]] = [tuple(range(10))]
    for _ in range(7):
        rows.append(tuple(rows[-1][_STEP[digit]] for digit in range(10)))
    return tuple(rows)


_P = _permutations()


def is_valid(digits: str) -> bool:
    """Whether the last digit is the right check over those before it."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _D5[check][_P[place % 8][int(digit)]]
    return check == 0


def check_digit(digits: str) -> int:
    """The digit to put behind `digits`."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _D5[check][_P[(place + 1) % 8][int(digit)]]
    return _INVERSE[check]
