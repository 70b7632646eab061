"""A real site for the stories: the demo's own commands in a folder of the test's, on a free port."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

IMP2ART = [sys.executable, "-c", "from imp2art.cli.main import run; run()"]


@dataclass(frozen=True)
class Site:
    """Where it answers, the folder it keeps things in, and the demo's password."""

    address: str
    home: Path
    password: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_home(folder: Path, people: int = 1500) -> Path:
    """Simulated practices, imported and audited, as `make demo` makes them. Returns the site's folder."""
    subprocess.run(
        [*IMP2ART, "demo", "--no-serve", "--people", str(people), "--port", str(free_port())],
        env={**os.environ, "IMP2ART_HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / "demo"


def password_of(home: Path) -> str:
    found = re.match(r"password +(\S+)", (home / "sign-in.txt").read_text())
    assert found is not None
    return found[1]


@contextmanager
def serving(home: Path, command: list[str] | None = None) -> Iterator[Site]:
    """`imp2art serve` (or another command) over this folder until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [*(command or [*IMP2ART, "serve"]), "--port", str(port)],
        env={**os.environ, "IMP2ART_HOME": str(home), "IMP2ART_SECURE": "no"},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process)
        yield Site(f"http://127.0.0.1:{port}", home, password_of(home))
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 150) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "the site stopped while starting"
        try:
            urlopen(address, timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the site did not answer")
