"""How the loops of the fast engine are compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile at the first call, and keep the machine code on disk for the next process."""
    try:
        return cast(Function, njit(cache=True, nogil=True)(function))
    except RuntimeError:  # numba finds nowhere to write, as on a read-only system: compile each time
        return cast(Function, njit(nogil=True)(function))
