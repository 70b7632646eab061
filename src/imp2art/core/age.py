"""Age in whole years."""

from datetime import date


def age_on(born: date, on: date) -> int:
    """Whole years lived on a day. Someone born on 29 February ages on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
