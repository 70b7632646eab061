"""How fast one practice is audited, with the slow twin beside the fast engine in the same run.

A simulated practice of about 10,000 people (seed 1) is packed once; every indicator is then counted at
24 month ends, several times, and the median is kept. The slow twin works out an even share of the same
people at the same month ends, so its time a person is that of the whole list. Both must give the same
answers for these, and for as many people with the most entries, or the bench fails. The first count of a
process also loads compiled code from disk; it is shown by itself.

Prints: name, value, target, ok or short. Exit code 1 when one is short.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa
from figures import at_least, at_most, print_figures, told

from imp2art.audit.compare import counted_as, people_to_compare
from imp2art.audit.definitions import CODELISTS, INDICATORS
from imp2art.audit.engine import Engine, count, members
from imp2art.audit.grid import Grid
from imp2art.audit.pack import PackedPractice, pack_practice
from imp2art.audit.records import records_of
from imp2art.codes.library import read_library
from imp2art.core.finding import Outcome
from imp2art.core.period import month_ends
from imp2art.extracts.reader import open_extract
from imp2art.flows.simulate_practices import simulate_practices
from imp2art.record.arrow_form import CLEAN_SCHEMAS

AS_AT = date(2026, 10, 31)
ENDS = month_ends(AS_AT, 24)
PEOPLE, SAMPLE, BUSIEST, REPEATS = 10_000, 300, 30, 15
MOST_MS, LEAST_RATIO = 50, 100
LIBRARY = read_library()
RULES = tuple(INDICATORS.values())


def main() -> int:
    """Simulate, pack, count, compare, print."""
    tables = simulated_tables()
    packing, practice = timed(lambda: pack_practice(tables, RULES, LIBRARY))
    first, _ = timed(lambda: count(practice, RULES, ENDS))
    fast = statistics.median(timed(lambda: count(practice, RULES, ENDS))[0] for _ in range(REPEATS))
    slow, people, compared, differences = slow_twin(tables, practice)
    ratio = slow / people / (fast / len(practice))
    took = fast * 1e3
    each = slow / (people * len(RULES) * len(ENDS))
    return print_figures(
        (
            told("people in the practice", len(practice)),
            told(f"pack from Arrow tables, ms ({len(CODELISTS)} lists)", packing * 1e3),
            told("first count of the process, ms", first * 1e3),
            at_most(f"count {len(RULES)} × {len(ENDS)} from the pack, ms", took, MOST_MS),
            told(f"slow twin on {people} people, µs an answer", each * 1e6),
            at_least("fast engine to slow twin, ratio", ratio, LEAST_RATIO),
            at_most(f"differences in {compared:,} answers", differences, 0),
        )
    )


def simulated_tables() -> dict[str, pa.Table]:
    """The clean tables of the simulated practice, through the reader of extracts."""
    with tempfile.TemporaryDirectory(prefix="imp2art-bench-") as temporary:
        room = Path(temporary) / "extracts"
        simulate_practices(room, 1, seed=1, as_at=AS_AT, months=36, people=PEOPLE)
        extract = open_extract(next(folder for folder in room.iterdir() if folder.is_dir()))
        keep = frozenset(code for slug in CODELISTS for code in LIBRARY.codelist(slug))
        return {
            name: pa.Table.from_batches(extract.clean_batches(name, keep), schema)
            for name, schema in CLEAN_SCHEMAS.items()
        }


def slow_twin(tables: dict[str, pa.Table], practice: PackedPractice) -> tuple[float, int, int, int]:
    """Seconds for an even share of people, how many, then the answers compared and the differences."""
    share = practice.patient_ids[:: len(practice) // SAMPLE]
    seconds, answers = timed(lambda: slow_answers(tables, share))
    answers |= slow_answers(tables, people_to_compare(practice, BUSIEST))
    quickly = {(rule.slug, on): members(practice, rule, on) for rule in RULES for on in ENDS}
    differences = sum(
        quickly[slug, on].get(person) is not outcome for (slug, on, person), outcome in answers.items()
    )
    return seconds, len(share), len(answers), differences + _grid_differences(practice, quickly)


def slow_answers(tables: dict[str, pa.Table], people: Iterable[str]) -> dict[tuple, Outcome | None]:
    """The slow twin's answers for these people, from their clean tables on."""
    records = tuple(records_of(tables, people))
    return {
        (rule.slug, on, record.patient.patient_id): counted_as(rule, record, on, LIBRARY)
        for rule in RULES
        for on in ENDS
        for record in records
    }


def _grid_differences(practice: PackedPractice, quickly: dict) -> int:
    """All month ends at once against one by one: the bits of a mask are the single answers."""
    engine = Engine(practice.people, Grid(ENDS))
    return sum(
        int((engine.outcomes(rule).met >> month & 1).sum())
        != sum(outcome == "met" for outcome in quickly[rule.slug, on].values())
        for rule in RULES
        for month, on in enumerate(ENDS)
    )


def timed(job):  # noqa: ANN001, ANN201
    """Seconds, and what the job gave."""
    begun = time.perf_counter()
    result = job()
    return time.perf_counter() - begun, result


if __name__ == "__main__":
    raise SystemExit(main())
