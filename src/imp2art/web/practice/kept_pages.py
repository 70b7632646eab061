"""Bodies of pages that a kept report makes, rendered once: the same report gives the same words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from markupsafe import Markup


class KeptPages:
    """The newest `most` bodies by what they were made of; the one unused for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = Lock()

    def body(self, key: Hashable, make: Callable[[], str]) -> Markup:
        """The kept body, or a new one. Two who ask at once may both make it: they are the same."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        made = Markup(make())  # noqa: S704 - a template's own answer, which escaped every word
        with self._lock:
            self._pages[key] = made
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return made


# About 50 KB each.
KEPT_PAGES = KeptPages(200)
