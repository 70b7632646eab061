"""One import in a process of its own, so that a test can kill it: `import_once.py HOME EXTRACT`.

Prints `checking`, `keeping` and `kept` as it comes to each.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path


def main(home: Path, folder: Path) -> None:
    os.environ["IMP2ART_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "imp2art.web.site.settings"
    os.environ.pop("IMP2ART_DATABASE_URL", None)
    import django

    django.setup()
    from imp2art.cli.home import OPERATOR, migrate
    from imp2art.codes.library import read_library
    from imp2art.extracts.staging import staging_folder
    from imp2art.flows.import_extract import accept_extract, check_extract

    migrate()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    with staging_folder(home) as scratch:
        print("checking", flush=True)
        report = check_extract(folder, read_library(), scratch, OPERATOR, at.date())
        print("keeping", flush=True)
        accept_extract(report, OPERATOR, at, b"key", "the register of a test may move")
    print("kept", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
