"""The site as it is, but it kills itself at a moment that a test writes into `<home>/kill`.

`after` is once the work is kept and before a word of the answer has left; a number is so many
milliseconds after the request came in. The file is gone once it was read.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HOME = Path(os.environ.get("IMP2ART_HOME", "var"))


def kill_myself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    from imp2art.web.site.wsgi import application as site

    order = HOME / "kill"
    if environ["REQUEST_METHOD"] != "POST" or not order.exists():
        return site(environ, start_response)
    moment = order.read_text()
    order.unlink()
    if moment != "after":
        threading.Timer(float(moment) / 1000, kill_myself).start()
    answer = site(environ, start_response)
    if moment == "after":
        kill_myself()
    return answer


if __name__ == "__main__":
    from imp2art.cli.home import set_up_site

    set_up_site(HOME)
    granian = Path(sys.executable).with_name("granian")
    port = sys.argv[sys.argv.index("--port") + 1]
    fixed = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "2", "--log-level", "error"]
    os.execv(granian, [str(granian), *fixed, "--port", port, "tests.faults.killing_site:application"])
