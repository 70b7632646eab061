"""Age in whole years."""

from datetime import date


def age_on(born: date, on: date) -> int:
    """Whole years lived on a day. Someone born on 29 February ages on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The day on which someone is so many whole years old; `age_on` from that day on says so."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # 29 February in another year
        return date(born.year + years, 3, 1)
