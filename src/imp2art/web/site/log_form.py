"""Log lines that hold no patient: an exception is told by its kind and place, never by its words.

The text of an exception may quote a row (`Key (nhs_number)=(…)`), a form or a file. Its kind and the
lines of code that it passed through say enough to find the fault (T-26, S-44).
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


_LINK = re.compile(r"(/plan/)[A-Za-z0-9_-]+")


class QuietFormatter(logging.Formatter):
    """Time in UTC order, level, logger, message; line breaks in a message cannot forge a line."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line with every control character escaped, and without the secret part of a patient's link."""
        line = _LINK.sub(r"\1…", super().formatMessage(record))
        return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in line)

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - logging's name
        """Where it went wrong and the exception's type."""
        kind, _, place = ei
        lines = traceback.format_tb(place)
        return "".join(lines) + (kind.__qualname__ if kind else "")
