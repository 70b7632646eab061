"""Words of the review's panels, straight from their book: `"technique" | phrase_of("leaflet")`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from imp2art.documents.words import phrase


def phrase_of(book: str, slug: str, **values: object) -> str:
    """A phrase of a book, its slots filled."""
    return phrase(book, slug, **values)


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType({"phrase_of": phrase_of})
