"""What every test with a database needs."""

from __future__ import annotations

import pytest

from imp2art.flows.show_report import forget


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Each test's database begins anew, with numbers of rows that another had before."""
    forget()
