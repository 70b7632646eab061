"""`python -m scripts.clinical_safety check` says what is wrong; `write` makes the pages anew."""

from __future__ import annotations

import argparse
import sys

from scripts.clinical_safety.checks import faults
from scripts.clinical_safety.pages import stale, write
from scripts.clinical_safety.registers import RegisterError, SafetyFile, read_safety_file


def main(arguments: list[str]) -> int:
    """0 where all is well; 1 with a sentence for each fault."""
    asked = argparse.ArgumentParser(prog="python -m scripts.clinical_safety", description=__doc__)
    asked.add_argument("verb", choices=("check", "write"))
    verb = asked.parse_args(arguments).verb
    try:
        safety = read_safety_file()
        found = list(faults(safety)) or (_write(safety) if verb == "write" else _stale(safety))
    except RegisterError as fault:
        found = [str(fault)]
    for sentence in found:
        print(f"clinical safety: {sentence}", file=sys.stderr)
    return 1 if found else 0


def _stale(safety: SafetyFile) -> list[str]:
    return [
        f"docs/clinical_safety/{name} is stale: run `python -m scripts.clinical_safety write`."
        for name in stale(safety)
    ]


def _write(safety: SafetyFile) -> list[str]:
    for name in write(safety):
        print(f"written: docs/clinical_safety/{name}")
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
