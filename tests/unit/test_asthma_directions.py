"""Labels: the common forms are read exactly, anything else is not read at all."""

import pytest

from imp2art.asthma.directions import Directions, read_directions


def regular(morning: int | None, evening: int | None, a_day: int) -> Directions:
    return Directions(morning, evening, a_day, as_needed=False)


def reliever(puffs: int | None) -> Directions:
    return Directions(0, 0, 0, as_needed=True, puffs_as_needed=puffs)


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("Inhale TWO puffs TWICE a day", regular(2, 2, 4)),
        ("1 puff twice a day", regular(1, 1, 2)),
        ("One puff twice daily.", regular(1, 1, 2)),
        ("2 puffs bd", regular(2, 2, 4)),
        ("TWO DOSES TO BE INHALED TWICE A DAY", regular(2, 2, 4)),
        ("Two doses to be inhaled twice each day", regular(2, 2, 4)),
        ("2 inhalations two times a day", regular(2, 2, 4)),
        ("Take one puff once a day", regular(None, None, 1)),
        ("1 puff od", regular(None, None, 1)),
        ("One puff in the morning", regular(1, 0, 1)),
        ("1 puff at night", regular(0, 1, 1)),
        ("2 puffs morning and night", regular(2, 2, 4)),
        ("2 puffs in the morning and 2 at night", regular(2, 2, 4)),
        ("2 puffs in the morning and 1 puff in the evening", regular(2, 1, 3)),
        ("Inhale 2 puffs every morning, 2 puffs every evening", regular(2, 2, 4)),
        ("2 puffs four times a day", regular(None, None, 8)),
        ("2 puffs 4 times a day", regular(None, None, 8)),
        ("1 puff three times a day", regular(None, None, 3)),
        ("when required", reliever(None)),
        ("1 puff when required", reliever(1)),
        ("2 puffs as needed", reliever(2)),
        ("Inhale 1 or 2 puffs when required", reliever(None)),
        ("1-2 puffs prn", reliever(None)),
        ("Two puffs as required for wheeze", reliever(2)),
        ("2 puffs up to four times a day when required", reliever(2)),
        ("Inhale TWO puffs when required up to FOUR times a day", reliever(2)),
        ("One puff twice a day and one puff when required", Directions(1, 1, 2, True, 1)),
        ("1 puff twice daily plus 1 puff as needed", Directions(1, 1, 2, True, 1)),
        (
            "Inhale ONE puff TWICE a day and ONE puff when needed, no more than EIGHT puffs a day",
            Directions(1, 1, 2, True, 1, 8),
        ),
        (
            "2 puffs twice a day plus 1 puff when needed, maximum 8 puffs a day (MART)",
            Directions(2, 2, 4, True, 1, 8),
        ),
        ("Inhale 1 dose as needed, maximum 8 doses daily", Directions(0, 0, 0, True, 1, 8)),
        ("2 puffs morning and night and when required", Directions(2, 2, 4, True, None)),
    ],
)
def test_common_forms(label, read):
    assert read_directions(label) == read


@pytest.mark.parametrize(
    "label",
    [
        "",
        "as directed",
        "2 puffs",
        "puffs twice a day",
        "1-2 puffs twice a day",
        "1 or 2 puffs twice a day",
        "2 puffs twice a day when required",
        "2 puffs twice a day for 7 days",
        "2 puffs twice a day, rinse mouth after use",
        "2 puffs twice a day and 2 tablets at night",
        "100 puffs twice a day",
        "0 puffs twice a day",
        "2.5 puffs twice a day",
        "-2 puffs twice a day",
        "two to four puffs every four hours",
        "do not take 2 puffs twice a day",
        "2 puffs twice a week",
        "1 puff alternate mornings",
        "2 puffs in the morning and as directed at night",
        "1 puff twice a day and 1 puff",
        "as directed, maximum 8 puffs a day",
        "maximum 8 puffs a day",
        "x" * 300,
    ],
)
def test_anything_else_is_not_read(label):
    assert read_directions(label) is None
