"""How fast an extract comes in, and in how much memory, with the obvious way beside it in the same run.

One deterministic extract of 1,000,000 rows is written to a temporary folder and imported into an empty
SQLite database by a fresh process: structure, digests, every cell, codelists, register, and the rows kept
in one transaction with their audit event. The rival reads the first 20,000 rows of the same files with
`csv.DictReader` and creates each row through Django's ORM, which is how such imports are usually written.

Prints: name, value, target, ok or short. Exit code 1 when one is short.
`python bench/import.py parquet` does the same with the other form, without the rival.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from figures import at_least, at_most, print_figures, told

ROWS = 1_000_000
RIVAL_ROWS = 20_000
PEOPLE = 10_000
TAKEN_ON = date(2026, 10, 31)
MOST_SECONDS, MOST_MEGABYTES, LEAST_RATIO = 120, 512, 5
SEED = 20_261_031


def main(form: str) -> int:
    """Write the extract, run both in processes of their own, print the figures."""
    with tempfile.TemporaryDirectory(prefix="imp2art-bench-") as temporary:
        room = Path(temporary)
        write(room / "extract", form)
        ours = run("ours", room)
        rival = run("rival", room) if form == "csv" else None
    rate = ours["rows"] / ours["seconds"]
    figures = [
        at_most("import, wall s", ours["seconds"], MOST_SECONDS),
        at_most("import, peak RSS MB", ours["megabytes"], MOST_MEGABYTES),
        told("import, rows/s", rate),
        *(told(f"  of it, {name}, s", seconds) for name, seconds in ours["steps"].items()),
    ]
    if rival:
        slow = rival["rows"] / rival["seconds"]
        figures.append(told("rival (DictReader + ORM), rows/s", slow))
        figures.append(at_least("import to rival, ratio", rate / slow, LEAST_RATIO))
    return print_figures(figures)


def run(part: str, room: Path) -> dict:
    """One part in a fresh process with a site of its own; its last line is JSON."""
    environment = {**os.environ, "IMP2ART_HOME": str(room / part), "PYTHONHASHSEED": "0"}
    environment.pop("IMP2ART_DATABASE_URL", None)
    command = [sys.executable, __file__, part, str(room)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def ours(room: Path) -> None:
    """Import the whole extract as `imp2art import --accept` does."""
    from imp2art.cli.home import OPERATOR, home, migrate, now, set_up_site
    from imp2art.codes.library import read_library

    set_up_site(home())
    migrate()
    from imp2art.extracts.staging import staging_folder
    from imp2art.flows.import_extract import accept_extract, check_extract

    begun = time.perf_counter()
    with staging_folder(home()) as scratch:
        report = check_extract(room / "extract", read_library(), scratch, OPERATOR, TAKEN_ON)
        checked = time.perf_counter()
        accept_extract(report, OPERATOR, now(), b"bench")
    ended = time.perf_counter()
    if len(report.rejects):
        raise SystemExit(f"the bench's extract is not clean: {report.rejects.reasons()}")
    tell(ended - begun, ROWS, {"checking every row": checked - begun, "keeping them": ended - checked})


def rival(room: Path) -> None:
    """The obvious way, on the first rows."""
    from imp2art.cli.home import home, migrate, set_up_site

    set_up_site(home())
    migrate()
    from django.db import transaction

    from imp2art.store.models import Practice

    begun = time.perf_counter()
    with transaction.atomic():
        kept = create_one_by_one(room / "extract", Practice.objects.create(code="A12345", name="Bench"))
    tell(time.perf_counter() - begun, kept, {})


def create_one_by_one(folder: Path, practice: object) -> int:
    """The same share of each file; each row checked by hand and created by the ORM."""
    import csv

    from imp2art.codes.identifiers import DmdCode, parse_code
    from imp2art.core.identifiers import NhsNumber
    from imp2art.core.partial_date import PartialDate, parse_day
    from imp2art.store.models import EventRow, IssueRow, PatientRow, RegistrationRow

    def rows(name: str, most: int):  # noqa: ANN202
        with (folder / f"{name}.csv").open(newline="") as opened:
            yield from (row for _, row in zip(range(most), csv.DictReader(opened), strict=False))

    people = {}
    for row in rows("patients", PEOPLE):
        people[row["patient_id"]] = PatientRow.objects.create(
            practice=practice,
            patient_id=row["patient_id"],
            public_id=row["patient_id"],
            nhs_number=NhsNumber(row["nhs_number"]),
            born=parse_day(row["date_of_birth"]),
            sex=row["sex"],
            given_name=row["given_name"],
            family_name=row["family_name"],
        )
    for row in rows("registrations", RIVAL_ROWS // 100):
        start = parse_day(row["start_date"])
        RegistrationRow.objects.create(patient=people[row["patient_id"]], start=start, kind=row["kind"])
    for row in rows("events", RIVAL_ROWS // 4):
        on, code = PartialDate.parse(row["event_date"]), parse_code(row["system"], row["code"])
        EventRow.objects.create(
            patient=people[row["patient_id"]],
            first=on.first,
            last=on.last,
            system=code.system,
            code=code,
            value=row["value"],
            unit=row["unit"],
        )
    for row in rows("issues", RIVAL_ROWS // 4 - RIVAL_ROWS // 100):
        IssueRow.objects.create(
            patient=people[row["patient_id"]],
            on=parse_day(row["issue_date"]),
            code=DmdCode(row["code"]),
            quantity=row["quantity"],
            unit=row["unit"],
            directions=row["directions"],
        )
    return len(people) + RIVAL_ROWS // 2


def tell(seconds: float, rows: int, steps: dict[str, float]) -> None:
    """The figures of this process. `ru_maxrss` would count what the parent held when it forked."""
    status = Path("/proc/self/status").read_text()
    megabytes = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(json.dumps({"seconds": seconds, "rows": rows, "megabytes": megabytes, "steps": steps}))


def write(folder: Path, form: str) -> None:
    """The extract: 10,000 people with 98 entries each, one in ten of a code that no list needs."""
    import numpy as np
    import pyarrow as pa

    from imp2art.codes.library import is_medicine_list, read_library
    from imp2art.codes.verhoeff import check_digit
    from imp2art.core.identifiers import PracticeCode, nhs_check_digit
    from imp2art.extracts.writer import write_extract
    from imp2art.record.arrow_form import CLEAN_SCHEMAS
    from imp2art.record.extract_schema import EXTRACT_FORMAT, ExtractManifest

    dice = np.random.default_rng(SEED)
    library = read_library()
    epoch = (TAKEN_ON - date(1970, 1, 1)).days

    def picked(words: list, size: int) -> pa.Array:  # of a few words, one a row
        return pa.array(words).take(pa.array(dice.integers(0, len(words), size)))

    def days(size: int, years: int) -> pa.Array:
        return pa.array((epoch - dice.integers(0, 365 * years, size)).astype("int32")).cast(pa.date32())

    def unlisted(size: int) -> list[str]:
        stems = [f"{stem}00" for stem in dice.integers(10_000_000, 99_999_999, size)]
        return [stem + str(check_digit(stem)) for stem in stems]

    numbers = []
    nine = 900_000_000
    while len(numbers) < PEOPLE:
        check = nhs_check_digit(str(nine))
        if check is not None:
            numbers.append(f"{nine}{check}")
        nine += 7
    ids = [f"{n:08d}" for n in range(PEOPLE)]
    nulls = pa.nulls(PEOPLE)
    born = [TAKEN_ON - timedelta(days=int(age)) for age in dice.integers(365 * 11, 365 * 90, PEOPLE)]
    people = [
        *(ids, numbers, born, picked(["F", "M"], PEOPLE)),
        *(picked(["Ada", "Bilal", "Chloe", "Dev"], PEOPLE), picked(["O'Brien", "Shah", "Evans"], PEOPLE)),
        *(picked(list(range(1, 11)), PEOPLE), picked(["A", "B", "J"], PEOPLE), nulls, nulls),
    ]
    spells = [ids, days(PEOPLE, 10), nulls, picked(["gms"], PEOPLE)]

    def batch(name: str, columns: list) -> pa.RecordBatch:
        arrays = [
            column.cast(kind.type) if isinstance(column, pa.Array) else pa.array(column, kind.type)
            for column, kind in zip(columns, CLEAN_SCHEMAS[name], strict=True)
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=CLEAN_SCHEMAS[name])

    events_of = [slug for slug in library.slugs if not is_medicine_list(slug)]
    listed = sorted({(c.system.value, str(c)) for slug in events_of for c in library.codelist(slug)})
    listed += [("snomed", code) for code in unlisted(len(listed) // 9)]
    drugs = sorted({str(c) for c in library.medicines}) or unlisted(500)
    drugs += unlisted(len(drugs) // 9)

    def events(rows: int):  # noqa: ANN202
        for at in range(0, rows, 20_000):
            size = min(20_000, rows - at)
            on, which = days(size, 10), dice.integers(0, len(listed), size)
            measured = pa.array(dice.random(size) < 0.3)
            value = pa.array([str(v) for v in dice.integers(1, 800, size)])
            nothing = pa.nulls(size, pa.string())
            yield batch(
                "events",
                [
                    *(picked(ids, size), on, on),
                    *([listed[w][0] for w in which], [listed[w][1] for w in which]),
                    pa.compute.if_else(measured, value, nothing),
                    pa.compute.if_else(measured, picked(["L/min", "{score}"], size), nothing),
                ],
            )

    def issues(rows: int):  # noqa: ANN202
        labels = [
            f"{n} puffs {often}" for n in (1, 2, 4) for often in ("twice a day", "when needed, at most 8")
        ]
        for at in range(0, rows, 20_000):
            size = min(20_000, rows - at)
            yield batch(
                "issues",
                [
                    *(picked(ids, size), days(size, 3), picked(drugs, size), picked(["1", "2", "200"], size)),
                    *(picked(["device", "dose"], size), picked(labels, size)),
                ],
            )

    facts = ExtractManifest(
        EXTRACT_FORMAT,
        PracticeCode("A12345"),
        "Bench Surgery",
        "England",
        "EMIS",
        date(2016, 11, 1),
        TAKEN_ON,
        (),
    )
    rest = ROWS - 2 * PEOPLE
    tables = {
        "patients": [batch("patients", people)],
        "registrations": [batch("registrations", spells)],
        "events": events(rest * 6 // 10),
        "issues": issues(rest - rest * 6 // 10),
    }
    write_extract(folder, facts, tables, form)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        {"ours": ours, "rival": rival}[sys.argv[1]](Path(sys.argv[2]))
    else:
        raise SystemExit(main(sys.argv[1] if len(sys.argv) == 2 else "csv"))
