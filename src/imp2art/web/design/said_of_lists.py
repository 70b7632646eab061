"""What was done about people on a list, in the words of content/lists.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from imp2art.audit.reports.list_mark import Mark
from imp2art.documents.figure_words import share_in_words
from imp2art.documents.words import find_phrase, phrase
from imp2art.flows.work_list import Progress
from imp2art.store.list_marks import KeptMark
from imp2art.web.design.words import short_day


def mark_in_words(mark: KeptMark, reader: str = "") -> str:
    """`Assigned to Asha Rahman by Tom Ellis, 12 Nov 2026.` `reader` is the account that reads it."""
    to_reader = mark.mark is Mark.ASSIGNED and mark.assignee == reader
    slug = f"mark-{mark.mark}" + ("-you" if to_reader else "")
    said = {"by": mark.by, "day": short_day(mark.at), "who": mark.assignee_name, "reason": mark.reason}
    asked = find_phrase("lists", slug).slots
    return phrase("lists", slug, **{name: words for name, words in said.items() if name in asked})


def also_on_in_words(mark: KeptMark, reader: str = "") -> str:
    """`Also on “Current action plan”. Done: Tom Ellis, 12 Nov 2026.`"""
    title = find_phrase("indicators", f"{mark.slug}-title").text
    return phrase("lists", "also-on", title=title, mark=mark_in_words(mark, reader))


def progress_in_words(progress: Progress) -> str:
    """`48% of 31: 9 done, 3 assigned, 1 not appropriate, 2 left the list since.`"""
    if progress.acted_on is None:
        return find_phrase("lists", "progress-nobody").text
    if not progress.acted_on:
        return phrase("lists", "progress-none", count=progress.people)
    return phrase(
        "lists",
        "progress",
        share=share_in_words(progress.acted_on),
        count=progress.people,
        done=progress.done,
        assigned=progress.assigned,
        not_appropriate=progress.not_appropriate,
        left=progress.left,
    )


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"list_mark": mark_in_words, "also_on": also_on_in_words, "progress": progress_in_words}
)
