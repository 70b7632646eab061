"""How fast simulated practices are made and written, and in how much memory.

    python bench/simulate.py [--people 1000000] [--form parquet] [--runs 3]

Each run is a fresh process that makes practices whose lists hold that many people, with 36 months of
care, and writes them as extracts with their digests; imports and reading the codelists are in the time.
The rival is the obvious way: a loop that makes one person after the other with `random` and writes
rows with `csv`, for patients and registrations alone, without any care; it makes 100,000 people.

It is compared by rows a CPU second, so that other work on the machine does not tilt the ratio. Exit
code 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from figures import at_least, at_most, print_figures, told

TARGET_SECONDS_PER_MILLION = 60.0
TARGET_PEAK_MB = 400.0  # flat: the same for a region and for the UK
RIVAL_PEOPLE = 100_000
LEAST_RATIO = 2.0
AS_AT = date(2026, 10, 31)
RUN = "--one-run"


def main() -> None:
    if sys.argv[1:2] == [RUN]:
        print(json.dumps(one_run(int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))))
        return
    wanted = argparse.ArgumentParser(description="Time the simulation of practices.")
    wanted.add_argument("--people", type=int, default=1_000_000)
    wanted.add_argument("--form", choices=["csv", "parquet"], default="parquet")
    wanted.add_argument("--runs", type=int, default=3)
    asked = wanted.parse_args()
    load = os.getloadavg()[0]
    runs = [in_fresh_process(asked.people, asked.form) for _ in range(asked.runs)]
    seconds = statistics.median(run["wall_s"] for run in runs)
    rate = runs[0]["rows"] / statistics.median(run["cpu_s"] for run in runs)
    rival = plain_loop()
    sys.exit(
        print_figures(
            (
                told("people", asked.people),
                told("load of the machine before", load),
                at_most("median wall s", seconds, TARGET_SECONDS_PER_MILLION * asked.people / 1e6),
                told("people a second", asked.people / seconds),
                at_most("peak MB", max(run["peak_mb"] for run in runs), TARGET_PEAK_MB),
                told("rows a CPU second", rate),
                told("rival (plain loop), rows a CPU second", rival),
                at_least("ours to rival, ratio", rate / rival, LEAST_RATIO),
            )
        )
    )


def in_fresh_process(people: int, form: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        command = [sys.executable, __file__, RUN, str(people), form, folder]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return {"wall_s": round(time.perf_counter() - start, 2), **json.loads(told)}


def one_run(people: int, form: str, folder: Path) -> dict[str, float]:
    from imp2art.flows.simulate_practices import simulate_practices

    done = simulate_practices(folder / "out", None, 1, AS_AT, 36, form, people=people)
    used = resource.getrusage(resource.RUSAGE_SELF)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "peak_mb": round(used.ru_maxrss / 1024, 1),
        "practices": done.practices,
        "rows": done.rows,
        "written_mb": round(size / 1e6, 1),
    }


def plain_loop() -> int:
    """Rows a CPU second, made and written one by one: demography only."""
    dice = random.Random(1)
    names = [f"Name{number}" for number in range(800)]
    start = time.process_time()
    with (
        tempfile.TemporaryFile("w", newline="") as patients,
        tempfile.TemporaryFile("w", newline="") as spells,
    ):
        people, registrations = csv.writer(patients), csv.writer(spells)
        for number in range(RIVAL_PEOPLE):
            born = AS_AT - timedelta(days=dice.randrange(1, 90 * 365))
            joined = max(born, AS_AT - timedelta(days=int(dice.expovariate(1 / 4000))))
            words = [
                dice.choice(names),
                dice.choice(names),
                dice.randint(1, 10),
                dice.choice("ABCDEFGHJKLMNPRSZ"),
            ]
            people.writerow([number, 9_000_000_000 + number, born, dice.choice("FM"), *words, "en", ""])
            registrations.writerow([number, joined, "", "gms"])
    return round(2 * RIVAL_PEOPLE / (time.process_time() - start))


if __name__ == "__main__":
    main()
