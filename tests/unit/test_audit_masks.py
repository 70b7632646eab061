"""The compiled loops also run where nothing can be kept on disk."""

from __future__ import annotations

import numba.core.caching
import pytest

from imp2art.audit.compiling import compiled


def doubled(number: int) -> int:
    return 2 * number


def test_without_a_place_to_keep_code_it_is_compiled_each_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(numba.core.caching.CacheImpl, "_locator_classes", [])
    assert compiled(doubled)(21) == 42
