"""`imp2art serve`: the site and its worker on this machine, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import typer

from imp2art.cli.home import home, migrate, set_up_site, step
from imp2art.core.refusal import Refusal

LOOPBACK = "127.0.0.1"
# Processes that answer pages: one keeps one processor busy, and a second costs memory. Two threads in each:
# more of them only wait for one another, and a month that is worked out still leaves three free.
WORKERS = min(2, os.cpu_count() or 1)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(serve)
    app.command(hidden=True)(worker)


def serve(
    port: Annotated[int, typer.Option(help="The port on this machine", min=1, max=65535)] = 8000,
) -> None:
    """Run the site and its worker on this machine; Ctrl-C ends both.

    The site keeps everything in the folder IMP2ART_HOME (without it: var).
    """
    folder = home()
    set_up_site(folder)
    migrate()
    check_is_free(port)
    processes = start(port)
    print(f"\n  IMP²ART asthma: http://{LOOPBACK}:{port}/\n  Ctrl-C ends it.", flush=True)
    watch(processes)


def worker(
    seconds: Annotated[float, typer.Option(help="How long to rest between rounds", min=0.1)] = 2.0,
    rounds: Annotated[int | None, typer.Option(help="Stop after so many rounds")] = None,
) -> None:
    """Hand over what is waiting, and keep registers and reports up to date."""
    folder = home()
    set_up_site(folder)
    from imp2art.cli.rounds import go_round, log

    done = 0
    while rounds is None or done < rounds:
        try:
            go_round(folder)
        except Exception:
            # Whatever it was, the next round tries again; the site must not go down with it.
            log.exception("a round of the worker failed")
        done += 1
        time.sleep(seconds if done != rounds else 0)


def check_is_free(port: int) -> None:
    """Raise `Refusal` where something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise Refusal(f"Port {port} is in use on this machine. Try another with --port.") from None


def start(port: int) -> tuple[subprocess.Popen[bytes], ...]:
    """Start the web server and the worker, and wait until a page answers."""
    done = step("starting the site and its worker")
    # A demonstration on this machine has no certificate; a real one sits behind a proxy that has.
    here = {"IMP2ART_SECURE": "no", "IMP2ART_ADDRESS": f"http://{LOOPBACK}:{port}"}
    environment = {**here, **os.environ}
    web = [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--host", LOOPBACK, "--port", str(port)),
        *("--workers", str(WORKERS), "--blocking-threads", "2", "--log-level", "warning"),
        "imp2art.web.site.wsgi:application",
    ]
    command = [sys.executable, "-c", "from imp2art.cli.main import run; run()", "worker"]
    processes = tuple(subprocess.Popen(line, env=environment) for line in (web, command))
    try:
        _wait_for(f"http://{LOOPBACK}:{port}/health", processes)
    except Refusal:
        stop(processes)
        raise
    done("ready")
    return processes


def _wait_for(address: str, processes: tuple[subprocess.Popen[bytes], ...], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            raise Refusal("The site stopped while starting; the lines above say why.")
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - always our own loopback address
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise Refusal(f"The site did not answer within {seconds:.0f} seconds.")


def watch(processes: tuple[subprocess.Popen[bytes], ...]) -> NoReturn:
    """Wait for Ctrl-C, or for one of them to end; then end the others."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        stop(processes)
        raise SystemExit(0) from None
    stop(processes)
    raise Refusal("Part of the site stopped by itself, so the rest was stopped too.")


def stop(processes: tuple[subprocess.Popen[bytes], ...]) -> None:
    """End the processes that we started, and wait for them."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _as_interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
