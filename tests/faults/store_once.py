"""A store built or added to in a process of its own: `store_once.py build|add DELIVERY STORE`."""

from __future__ import annotations

import sys
from pathlib import Path

from imp2art.codes.library import read_library
from imp2art.flows.build_store import add_to_store, build_store


def main(what: str, delivery: Path, store: Path) -> None:
    library = read_library()
    print("begun", flush=True)
    if what == "build":
        build_store(delivery, store, library)
    else:
        add_to_store(store, delivery, library)
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
