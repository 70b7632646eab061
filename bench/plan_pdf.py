"""How long a printed action plan takes: our kept compiler against a fresh one for each plan.

    python bench/plan_pdf.py [--plans 40]

Each plan is another person's, so that no page is answered from memory. Both sides set the same text
from the same template with the same fonts. Cold is the first plan of a new process, imports included.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pypdfium2
import typst
from figures import at_least, at_most, print_figures, told

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.family import PlanFamily
from imp2art.documents import typesetting
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.page import write_page
from imp2art.documents.plan.render import page_values, render_plan
from imp2art.documents.plan.words import ENGLISH

COLD_MS = 30  # the first plan of a process that is running: the compiler is made for it
A_SECOND = 100  # warm plans on two cores, each another person's
CORES = 2
LEAST_RATIO = 1.0  # keeping the compiler must not be slower than making one


def main() -> None:
    wanted = argparse.ArgumentParser(description="Time the printed action plan.")
    wanted.add_argument("--plans", type=int, default=40)
    count = wanted.parse_args().plans
    plans = list(some_plans(count))
    pages = [render_plan(plan).pdf for plan in plans[:5]]  # warm up, and look
    warm = timed(lambda plan: render_plan(plan).pdf, some_plans(count, "warm"))
    fresh = timed(with_a_fresh_compiler, some_plans(count, "fresh"))
    sys.exit(
        print_figures(
            (
                at_most("a first plan (compiler made for it), ms", statistics.median(first_plans()), COLD_MS),
                at_least("plans a second, warm, on 2 cores", a_second(count), A_SECOND),
                told("a new plan, median ms", warm["median"]),
                told("a new plan, p95 ms", warm["p95"]),
                told("a new plan, processor ms", warm["processor_mean"]),
                told("rival (a fresh compiler), median ms", fresh["median"]),
                at_least("rival to ours, ratio", fresh["median"] / warm["median"], LEAST_RATIO),
                told("first plan of a new process, ms", cold()),
                at_most("most pages", max(len(pypdfium2.PdfDocument(page)) for page in pages), 1),
                told("size, kB", statistics.mean(len(page) for page in pages) / 1000),
            )
        )
    )


def first_plans(times: int = 7) -> list[float]:
    """Milliseconds of the first plan of a thread: its compiler is new, the fonts are read already."""
    taken: list[float] = []
    for number in range(times):
        (plan,) = some_plans(1, f"cold {number}")
        thread = threading.Thread(target=lambda plan=plan: taken.append(once(plan)))
        thread.start()
        thread.join()
    return taken


def once(plan: ActionPlan) -> float:
    """Milliseconds of one plan."""
    start = time.perf_counter()
    render_plan(plan)
    return (time.perf_counter() - start) * 1000


def a_second(count: int) -> float:
    """Plans a second of two processes that have each made a few before."""
    # A forked process would wait for threads that only its parent has.
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        list(pool.map(batch, [("warm-up", 6)] * CORES))
        start = time.perf_counter()
        list(pool.map(batch, [(f"side {side}", count) for side in range(CORES)]))
        return round(CORES * count / (time.perf_counter() - start), 1)


def batch(job: tuple[str, int]) -> None:
    """Make so many plans of one series."""
    series, count = job
    for plan in some_plans(count, series):
        render_plan(plan)


def some_plans(count: int, series: str = "first") -> Iterator[ActionPlan]:
    """Plans of all families, each with another name, version and goal."""
    examples = [read_plan(example_plan(family)) for family in PlanFamily]
    for number in range(count):
        plan = examples[number % len(examples)]
        person = replace(plan.person, name=f"Example {series} {number}")
        yield replace(plan, person=person, version=number + 1, goal=f"Walk {number} miles, {series}")


def timed(make: Callable[[ActionPlan], bytes], plans: Iterator[ActionPlan]) -> dict[str, float]:
    """Wall-clock figures, and the processor's own time, which a busy machine does not lengthen."""
    taken = []
    processor = time.process_time()
    for plan in plans:
        start = time.perf_counter()
        make(plan)
        taken.append((time.perf_counter() - start) * 1000)
    processor = (time.process_time() - processor) * 1000
    ordered = sorted(taken)
    return {
        "processor_mean": round(processor / len(taken), 1),
        "median": round(statistics.median(taken), 1),
        "p95": round(ordered[int(len(ordered) * 0.95) - 1], 1),
        "worst": round(ordered[-1], 1),
    }


def with_a_fresh_compiler(plan: ActionPlan) -> bytes:
    """The rival: the one-line call of the library, which reads the fonts and the template anew."""
    return typst.compile(
        str(typesetting.TEMPLATES / "action_plan.typ"),
        font_paths=[str(typesetting.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(page_values(plan, write_page(plan), ENGLISH, ""))},
        pdf_standards="ua-1",
        timestamp=0,
    )


def cold() -> float:
    """Milliseconds from the start of Python to the first plan."""
    script = (
        "from imp2art.asthma.regimen import Regimen;"
        "from imp2art.documents.plan.render import render_plan;"
        "from imp2art.documents.plan.file import example_plan, read_plan;"
        "render_plan(read_plan(example_plan(Regimen.MART)))"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True)
    return round((time.perf_counter() - start) * 1000, 1)


if __name__ == "__main__":
    main()
