"""A delivery of simulated practices, and the month that adds to it, part by part in two processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from imp2art.codes.library import Library, read_library
from imp2art.core.period import add_months, month_end
from imp2art.core.refusal import Refusal
from imp2art.core.whole_folder import whole_folder
from imp2art.extracts.delivery_manifest import delivery_manifest_text
from imp2art.extracts.delivery_writer import PartWriter
from imp2art.record.delivery_form import DELIVERY_FORMAT, DeliveredPractice, DeliveryManifest
from imp2art.record.extract_schema import MANIFEST_NAME, ExtractFile
from imp2art.simulate.arrays import day_number
from imp2art.simulate.delivery import Delivered, Words, deliver_practice, words_of
from imp2art.simulate.model import Model, read_model
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.stand_ins import with_stand_ins, write_stand_ins

PART_PEOPLE = 1_000_000
# So much noise that 60 million people have about 1.17e9 events and issues in 36 months.
NOISE = 2.81
_MARK = "simulation.json"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made: `until` is the last day of the delivery, the model runs a month longer.

    With `stand_ins` made-up codes fill the library's empty slots, and the delivery has the lists to import.
    """

    people: int
    seed: int
    until: date
    months: int
    noise: float
    stand_ins: bool = False

    @property
    def last(self) -> date:
        """The last day of the month that adds to the delivery."""
        return month_end(self.until + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Made:
    """How much there is so far. `rows` are those of the delivery's four tables."""

    parts: int
    of: int
    practices: int
    people: int
    rows: int


@dataclass(frozen=True, slots=True)
class _Job:
    wish: Wish
    name: str
    places: range
    out: Path
    adds: Path | None


@dataclass(frozen=True, slots=True)
class _Part:
    practices: tuple[DeliveredPractice, ...]
    files: tuple[ExtractFile, ...]
    later_practices: tuple[DeliveredPractice, ...]
    later_files: tuple[ExtractFile, ...]


def simulate_delivery(
    out: Path,
    wish: Wish,
    adds: Path | None = None,
    processes: int = 2,
    progress: Callable[[Made], None] | None = None,
    part_people: int = PART_PEOPLE,
) -> Made:
    """Write a delivery into the new folder `out`, and into `adds` the next month's that adds to it.

    Equal wishes give equal bytes, with or without `adds`. Each folder appears whole or not at all.
    Raises `Refusal` for a folder that is there, and for a day that ends no month.
    """
    _check_wish(out, wish, adds)
    with ExitStack() as stack:
        room = stack.enter_context(whole_folder(out))
        later_room = stack.enter_context(whole_folder(adds)) if adds else None
        outlines = _model(wish)[0].outlines(None, wish.people)
        jobs = [
            _Job(wish, f"part-{place:03}", places, room, later_room)
            for place, places in enumerate(_parts(outlines, part_people))
        ]
        parts = dict(_done(jobs, processes, progress))
        ordered = [parts[job.name] for job in jobs]
        period_start = add_months(wish.until.replace(day=1), 1 - wish.months)
        _write_manifest(room, wish, False, period_start, wish.until, ordered)
        if wish.stand_ins:
            write_stand_ins(room / "codelists")
        if later_room:
            later = [_Part(part.later_practices, part.later_files, (), ()) for part in ordered]
            _write_manifest(later_room, wish, True, wish.until + timedelta(days=1), wish.last, later)
    return _made(ordered, len(jobs))


def _check_wish(out: Path, wish: Wish, adds: Path | None) -> None:
    for folder in filter(None, (out, adds)):
        if folder.exists():
            raise Refusal(f"{folder} is there already. Name a new folder.")
    if wish.until != month_end(wish.until):
        raise Refusal("A delivery that a month can be added to is taken on the last day of a month.")


@lru_cache(maxsize=1)
def _model(wish: Wish) -> tuple[Model, Library, Words]:
    """What every practice is made with; each process reads it once."""
    library = with_stand_ins(read_library()) if wish.stand_ins else read_library()
    model = read_model(library, wish.seed, wish.last, wish.months + 1, wish.noise)
    return model, library, words_of(model, library)


def _parts(outlines: tuple[PracticeOutline, ...], part_people: int) -> Iterator[range]:
    """The practices of each part, in order: about so many people in each, and two parts where there are
    two practices, so that two readers have work."""
    people = sum(outline.list_size for outline in outlines)
    count = min(len(outlines), max(2, round(people / part_people)))
    begun, held, cut = 0, 0, 1
    for place, outline in enumerate(outlines):
        held += outline.list_size
        if held >= people * cut / count or place + 1 == len(outlines):
            yield range(begun, place + 1)
            begun, cut = place + 1, cut + 1


def _done(
    jobs: list[_Job], processes: int, progress: Callable[[Made], None] | None
) -> Iterator[tuple[str, _Part]]:
    """The parts as they are done, by so many processes; one is this one."""
    finished: list[_Part] = []
    with ExitStack() as stack:
        for name, part in _one_by_one(jobs) if processes == 1 else _spread(jobs, processes, stack):
            finished.append(part)
            if progress:
                progress(_made(finished, len(jobs)))
            yield name, part


def _one_by_one(jobs: list[_Job]) -> Iterator[tuple[str, _Part]]:
    return ((job.name, _write_part(job)) for job in jobs)


def _spread(jobs: list[_Job], processes: int, stack: ExitStack) -> Iterator[tuple[str, _Part]]:
    pool = stack.enter_context(ProcessPoolExecutor(processes, mp_context=get_context("spawn")))
    running = {pool.submit(_write_part, job): job.name for job in jobs}
    return ((running[future], future.result()) for future in as_completed(running))


def _write_part(job: _Job) -> _Part:
    """One part of the delivery, and of the month after it."""
    model, _, words = _model(job.wish)
    outlines = model.outlines(None, job.wish.people)
    until = day_number(job.wish.until)
    made: list[tuple[PracticeOutline, Delivered]] = []
    with ExitStack() as stack:
        writer = stack.enter_context(PartWriter(job.out / job.name))
        later = stack.enter_context(PartWriter(job.adds / job.name)) if job.adds else None
        for place in job.places:
            delivered = deliver_practice(model, outlines[place], words, until)
            writer.add(delivered.until)
            if later:
                later.add(delivered.after)
            made.append((outlines[place], Delivered({}, {}, delivered.listed_until, delivered.listed_after)))
    return _Part(
        tuple(_practice(outline, each.listed_until, job.name) for outline, each in made),
        writer.files(),
        tuple(_practice(outline, each.listed_after, job.name) for outline, each in made) if later else (),
        later.files() if later else (),
    )


def _practice(outline: PracticeOutline, listed: int, part: str) -> DeliveredPractice:
    return DeliveredPractice(str(outline.code), outline.name, outline.nation, listed, part)


def _made(parts: Iterable[_Part], of: int) -> Made:
    done = list(parts)
    practices = [practice for part in done for practice in part.practices]
    rows = sum(file.rows for part in done for file in part.files)
    return Made(len(done), of, len(practices), sum(practice.list_size for practice in practices), rows)


def _write_manifest(
    room: Path, wish: Wish, adds: bool, period_start: date, taken_on: date, parts: list[_Part]
) -> None:
    practices = tuple(practice for part in parts for practice in part.practices)
    files = tuple(file for part in parts for file in part.files)
    manifest = DeliveryManifest(DELIVERY_FORMAT, adds, period_start, taken_on, practices, files)
    (room / MANIFEST_NAME).write_text(delivery_manifest_text(manifest), "utf-8")
    told = {"made_by": "imp2art simulate", "people": "No real person is in this delivery.", "seed": wish.seed}
    (room / _MARK).write_text(json.dumps(told | {"noise": wish.noise}, indent=1) + "\n", "utf-8")
