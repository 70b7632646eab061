"""`imp2art demo`: the newest whole month waits to be checked, and the one before it is released."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from imp2art.cli.demo import ended_months
from tests.functional.site import free_port

IMP2ART = [sys.executable, "-c", "from imp2art.cli.main import run; run()"]
# What the made site holds, printed by a process of its own: this one's database is another.
ASK = """
import django; django.setup()
from imp2art.flows.show_programme import show_programme
from imp2art.core.actor import Actor, Role
from imp2art.cli.home import now
office, today = Actor("1", "Office", Role.PROGRAMME, None), now().date()
page = show_programme(office, today)
print(page.month_end, [row.clock.step.value for row in page.rows], [row.refusal for row in page.rows],
      [bool(row.late) for row in page.rows])
earlier = show_programme(office, today, min(page.months))
print(earlier.month_end, [row.clock.step.value for row in earlier.rows])
"""


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (date(2026, 11, 24), (date(2026, 9, 30), date(2026, 10, 31))),
        (date(2026, 3, 1), (date(2026, 1, 31), date(2026, 2, 28))),
        (date(2026, 1, 31), (date(2025, 11, 30), date(2025, 12, 31))),
    ],
)
def test_the_two_whole_months_before_a_day(today, ends):
    assert ended_months(today) == ends


def test_the_newest_month_waits_and_can_be_released(tmp_path: Path) -> None:
    env = {**os.environ, "IMP2ART_HOME": str(tmp_path)}
    made = subprocess.run(
        [*IMP2ART, "demo", "--no-serve", "--people", "1000", "--port", str(free_port())],
        env=env, check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert "waits to be checked" in made.stdout
    env |= {"IMP2ART_HOME": str(tmp_path / "demo"), "DJANGO_SETTINGS_MODULE": "imp2art.web.site.settings"}
    told = subprocess.run([sys.executable, "-c", ASK], env=env, check=True, capture_output=True, text=True)
    newest, earlier = told.stdout.splitlines()
    assert newest.partition(" ")[2] == "['run', 'run'] ['', ''] [False, False]"
    assert earlier.partition(" ")[2] == "['released', 'released']"
    assert newest > earlier
