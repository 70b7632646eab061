"""What of a report someone opened."""

from __future__ import annotations

from enum import StrEnum


class Opened(StrEnum):
    """Stored names: never rename one."""

    REPORT = "report"
    INDICATOR = "indicator"
    LIST = "list"
    DIFFERENCES = "differences"
    DOCUMENT = "document"
