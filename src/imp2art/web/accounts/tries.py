"""How often one address may try something on a page that nobody signs in to."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest

from imp2art.core.digest import digest_of


def is_one_too_many(request: HttpRequest, what: str, most: int, seconds: int) -> bool:
    """Count this try; True where the same address made more than `most` in this stretch of `seconds`.

    The address is kept as a digest only, and no longer than two stretches.
    """
    window = int(time.time()) // seconds
    key = digest_of(f"{what}|{request.META.get('REMOTE_ADDR', '')}|{window}".encode())
    if cache.add(key, 1, 2 * seconds):
        return False
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it ran out between the two lines
        return False
