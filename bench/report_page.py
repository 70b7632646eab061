"""How fast the month's page answers while eight people of a practice read it.

    IMP2ART_HOME=<a demonstration's folder> python bench/report_page.py [--clients 8] [--seconds 8]

Without IMP2ART_HOME a demonstration of 1,500 people is made first. The server is the one that `imp2art
serve` starts. The clients are signed in, each keeps its connection, and all live in another process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from figures import at_least, at_most, print_figures, told

TARGET_P95_MS = 30
TARGET_A_SECOND = 300
IMP2ART = [sys.executable, "-c", "from imp2art.cli.main import run; run()"]
PAGES = ("/month/", "/month/{month}/plan-12-months/")


class Reader:
    """Someone signed in, with their cookies and one connection."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(form or {}), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        self._keep_cookies(answer)
        return answer.status, text

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value

    def sign_in(self, username: str, password: str) -> None:
        _, page = self.ask("GET", "/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.decode())
        if token is None:
            raise SystemExit("The sign-in page has no form.")
        form = {"csrfmiddlewaretoken": token[1], "login": username, "password": password}
        status, _ = self.ask("POST", "/account/login/", form)
        if status != 302:
            raise SystemExit(f"Signing in was answered with {status}.")


def main() -> None:
    wanted = argparse.ArgumentParser(description="Time the month's page.")
    wanted.add_argument("--clients", type=int, default=8)
    wanted.add_argument("--seconds", type=float, default=8)
    wanted.add_argument("--ask", type=int, help=argparse.SUPPRESS)  # the port, in the clients' process
    given = wanted.parse_args()
    home = Path(os.environ["IMP2ART_HOME"]) if "IMP2ART_HOME" in os.environ else None
    if given.ask:
        print(json.dumps(measure(given.ask, password_of(home or Path()), given.clients, given.seconds)))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = home or make_home(Path(folder))
        found = serve_and_ask(home, given.clients, given.seconds)
    figures = [told("clients signed in", given.clients)]
    for name, ours in found.items():
        figures += [
            told(f"{name}: p50, ms", ours["p50"]),
            at_most(f"{name}: p95, ms", ours["p95"], TARGET_P95_MS),
            at_least(f"{name}: requests a second", ours["rate"], TARGET_A_SECOND),
            told(f"{name}: kilobytes", ours["kilobytes"]),
        ]
    sys.exit(print_figures(figures))


def make_home(folder: Path) -> Path:
    """A demonstration of 1,500 people a practice."""
    environment = {**os.environ, "IMP2ART_HOME": str(folder)}
    subprocess.run([*IMP2ART, "demo", "--no-serve", "--people", "1500"], env=environment, check=True)
    return folder / "demo"


def password_of(home: Path) -> str:
    return (home / "sign-in.txt").read_text().split()[1]


def serve_and_ask(home: Path, clients: int, seconds: float) -> dict[str, dict[str, float]]:
    """Start the server as people do, and let another process ask it."""
    environment = {**os.environ, "IMP2ART_HOME": str(home), "IMP2ART_SECURE": "no"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*IMP2ART, "serve", "--port", str(port)], env=environment, stdout=sys.stderr)
    try:
        wait_for(port)
        asked = [sys.executable, __file__, "--ask", str(port), f"--clients={clients}", f"--seconds={seconds}"]
        answer = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True)
        found: dict[str, dict[str, float]] = json.loads(answer.stdout)
        return found
    finally:
        server.terminate()
        server.wait(20)


def wait_for(port: int, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if Reader(port).ask("GET", "/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The site did not answer.")


def measure(port: int, password: str, clients: int, seconds: float) -> dict[str, dict[str, float]]:
    """Each page asked by all clients at once for some seconds, after a warm-up."""
    readers = [Reader(port) for _ in range(clients)]
    for place, reader in enumerate(readers):
        reader.sign_in(("manager", "nurse")[place % 2], password)
    _, page = readers[0].ask("GET", "/month/")
    month = re.search(r"/month/([0-9]{4}-[0-9]{2})/", page.decode())
    if month is None:
        raise SystemExit("The month's page has no indicators.")
    return {path: ask_all(readers, path.format(month=month[1]), seconds) for path in PAGES}


def ask_all(readers: list[Reader], path: str, seconds: float) -> dict[str, float]:
    """Figures of one page. A wrong answer of one reader ends the bench."""
    sizes = [len(reader.ask("GET", path)[1]) for reader in readers]
    took: list[float] = []
    wrong: list[str] = []
    end = time.perf_counter() + seconds

    def ask(reader: Reader, size: int) -> None:
        while time.perf_counter() < end and not wrong:
            start = time.perf_counter()
            status, text = reader.ask("GET", path)
            took.append(1000 * (time.perf_counter() - start))
            # Only the keys of forms differ between a reader's answers, and those are equally long.
            if status != 200 or len(text) != size:
                wrong.append(f"{path} was answered with {status} and {len(text)} bytes, not {size}.")

    threads = [threading.Thread(target=ask, args=each) for each in zip(readers, sizes, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(wrong[0])
    took.sort()
    return {
        "p50": took[len(took) // 2],
        "p95": took[int(0.95 * len(took))],
        "rate": len(took) / seconds,
        "kilobytes": sizes[0] / 1000,
    }


if __name__ == "__main__":
    main()
