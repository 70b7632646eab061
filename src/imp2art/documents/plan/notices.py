"""What a copy says of its own language: that some of it is in English, or that it is a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from imp2art.documents.directions import in_another_language, is_in_another_language
from imp2art.documents.plan.words import ENGLISH, PlanWords


def notices_of(page: Any, words: PlanWords) -> tuple[str, ...]:  # noqa: ANN401 - any form of the plan
    """What stands on top of a form of the plan, first what matters most; nothing on a whole English one.

    `page` is a dataclass of texts, or the values of a template. Each notice is in English, and in the
    language where its words are ready.
    """
    slugs = ["draft-language"] if words.is_draft else []
    if any(is_in_another_language(text) for text in _texts(page if isinstance(page, dict) else asdict(page))):
        slugs.append("some-in-english")
    return tuple(line for slug in slugs for line in _in_both(slug, words))


def _in_both(slug: str, words: PlanWords) -> tuple[str, ...]:
    english = in_another_language(ENGLISH.say(slug))
    return (words.say(slug), english) if words.can_say(slug) else (english,)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - a JSON value has no closer type
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
