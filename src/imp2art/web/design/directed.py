"""Text of a plan in HTML: a number, a name or an English sentence in another language keeps its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from imp2art.documents.directions import LATIN, OTHER_LANGUAGE, split_held


def directed(text: object) -> Markup:
    """The text escaped, each held value as `<bdi dir="ltr">`, each English sentence said to be English.

    The marks of `documents.directions` would do the same for the eye; a screen reader needs the language.
    """
    return Markup("").join(_piece(held, words) for held, words in split_held(str(text)))


def _piece(held: str, words: str) -> Markup:
    if held == LATIN:
        return Markup('<bdi dir="ltr">{}</bdi>').format(words)
    if held == OTHER_LANGUAGE:
        return Markup('<bdi dir="ltr" lang="en">{}</bdi>').format(words)
    return escape(words)


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType({"directed": directed})
