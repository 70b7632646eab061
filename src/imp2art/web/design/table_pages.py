"""A long table of figures, a month at a time and some rows a page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from imp2art.web.design.months import end_of_month_named

ROWS_A_PAGE = 200


def page_of_table(table: pa.Table, request: HttpRequest) -> dict[str, Any]:
    """The rows of the month that `?month=2026-10` names, or the newest; and the months there are."""
    months: list[date] = sorted(table["month_end"].unique().to_pylist(), reverse=True)
    named = request.GET.get("month", "")
    month = end_of_month_named(named) if named else next(iter(months), None)
    rows = table.filter(pc.equal(table["month_end"], pa.scalar(month, pa.date32()))).to_pylist()
    page: Page[Any] = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {"months": months, "month": month, "page": page, "names": table.column_names}
