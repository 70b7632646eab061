"""Equal arguments give equal bytes, and a practice does not depend on how many others are made."""

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from imp2art.codes.library import read_library
from imp2art.core.refusal import Refusal
from imp2art.flows.simulate_practices import simulate_practices
from imp2art.simulate.model import read_model
from imp2art.simulate.nhs_numbers import MOST_PEOPLE
from imp2art.simulate.practice import simulate_practice

AS_AT = date(2026, 10, 31)
LIBRARY = read_library()
SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from imp2art.flows.simulate_practices import simulate_practices
simulate_practices(Path(sys.argv[1]), 1, 1, date(2026, 10, 31), 12, sys.argv[2], people=700)
"""


def model(seed: int = 1, months: int = 12, as_at: date = AS_AT, noise: float = 0.0):
    return read_model(LIBRARY, seed, as_at, months, noise)


def made(seed: int = 1, index: int = 0, practices: int = 1, **more) -> dict:
    of = model(seed, **more)
    practice = simulate_practice(of, of.outlines(practices, people=900)[index])
    return {name: batches[0] for name, batches in practice.tables.items()}


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_two_processes_write_the_same_bytes(tmp_path, form):
    for name, hash_seed in (("one", "1"), ("two", "2")):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path / name), form], check=True, env=environment
        )
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert len(digests(tmp_path / "one")) == 6


def test_a_practice_is_the_same_alone_or_as_one_of_many():
    assert made(index=0, practices=1) == made(index=0, practices=4)


def test_a_practice_is_the_same_in_whatever_order_they_are_made():
    of = model()
    outlines = of.outlines(3, people=900)
    forwards = [simulate_practice(of, outline) for outline in outlines]
    backwards = [simulate_practice(of, outline) for outline in reversed(outlines)]
    assert forwards == backwards[::-1]


@pytest.mark.parametrize(
    "other", [{"seed": 2}, {"months": 24}, {"as_at": date(2026, 9, 30)}, {"index": 1, "practices": 2}]
)
def test_another_seed_span_day_or_place_gives_another_practice(other):
    assert made()["issues"] != made(**other)["issues"]


def test_noise_adds_entries_and_changes_nothing_else():
    quiet, noisy = made(), made(noise=2.0)
    assert quiet["patients"] == noisy["patients"]
    assert noisy["events"].num_rows > quiet["events"].num_rows + 900
    known = {str(code) for code in LIBRARY.all_codes()}
    kept = [row for row in noisy["events"].to_pylist() if row["code"] in known]
    assert kept == quiet["events"].to_pylist()


def test_no_two_practices_share_a_person():
    of = model()
    numbers = [
        number
        for outline in of.outlines(3, people=900)
        for number in simulate_practice(of, outline).tables["patients"][0]["nhs_number"].to_pylist()
    ]
    assert len(numbers) == len(set(numbers))


def test_so_many_people_make_as_many_practices_as_hold_them():
    outlines = model().outlines(people=30_000)
    assert sum(outline.list_size for outline in outlines) == 30_000
    assert [outline.first_person for outline in outlines[1:]] == [
        outline.first_person + outline.people for outline in outlines[:-1]
    ]
    assert outlines[0] == model().outlines(practices=1)[0]


def test_practices_and_people_together_give_each_list_that_size():
    assert [outline.list_size for outline in model().outlines(2, people=6000)] == [6000, 6000]


@pytest.mark.parametrize(
    ("practices", "people", "months", "words"),
    [
        (None, None, 12, "how many practices or how many people"),
        (0, None, 12, "number of practices"),
        (None, 0, 12, "number of people"),
        (2, MOST_PEOPLE // 2, 36, "90,000,000"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(practices, people, months, words):
    of = model(months=months)
    with pytest.raises(Refusal, match=words):
        of.outlines(practices, people)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"seed": -1}, "0 or more"),
        ({"noise": -0.1}, "0 or more"),
        ({"months": 0}, "months of history"),
        ({"months": 601}, "months of history"),
    ],
)
def test_a_seed_noise_or_span_that_cannot_be_is_refused(wrong, words):
    with pytest.raises(Refusal, match=words):
        model(**wrong)


def test_even_one_person_makes_a_practice(tmp_path):
    done = simulate_practices(tmp_path / "out", None, 1, AS_AT, 36, "csv", people=1)
    assert (done.practices, done.people) == (1, 1)
