"""A month in an address: `2026-10`."""

from __future__ import annotations

import re
from datetime import date

from django.http import Http404

from imp2art.core.period import month_end

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def end_of_month_named(name: str) -> date:
    """The last day of `2026-10`; 404 for anything else."""
    match = _MONTH.fullmatch(name)
    if match is None or match[1] == "0000":
        raise Http404
    return month_end(date(int(match[1]), int(match[2]), 1))


def name_of_month(on: date) -> str:
    """`2026-10`, as it stands in an address."""
    return f"{on:%Y-%m}"
