"""The report clock, its delays and checks, and sets of tables, in the words of content/clock.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from imp2art.audit.reports.release import ReleaseCheck, Version
from imp2art.audit.reports.report_clock import Cause, Lateness, MonthClock, Step
from imp2art.audit.reports.table_set import SetAction, SetState
from imp2art.documents.figure_words import share_in_words
from imp2art.documents.words import find_phrase, has_phrase, phrase
from imp2art.web.design.months import name_of_month
from imp2art.web.design.words import sentence, short_day


def state_in_words(clock: MonthClock) -> str:
    """`Report made, to be checked`."""
    held = clock.held and clock.step is not Step.RELEASED
    return sentence(find_phrase("clock", "state-held" if held else f"state-{clock.step}").text)


def step_in_words(step: Step) -> str:
    """`Extract received`."""
    return sentence(find_phrase("clock", f"step-{step}").text)


def lateness_in_words(late: Lateness, today: date) -> str:
    """`Extract received was due 7 Nov 2026: 13 days late`."""
    days = ((late.reached or today) - late.due).days
    if late.is_open:
        return phrase(
            "clock", "late-open", step=step_in_words(late.step), day=short_day(late.due), count=days
        )
    return phrase("clock", "late-past", step=step_in_words(late.step), count=days)


def cause_in_words(late: Lateness) -> str:
    """Why it is late and who sees to it; loudly, where nobody said."""
    if late.cause is None:
        return phrase("clock", "late-silent", owner=late.owner)
    values = {"cause": cause_name(late.cause), "owner": late.owner}
    if late.words:
        return phrase("clock", "late-cause-words", words=late.words, **values)
    return phrase("clock", "late-cause", **values)


def cause_name(cause: Cause) -> str:
    """`the practice did not send its extract`."""
    return find_phrase("clock", f"cause-{cause}").text


def check_in_words(check: ReleaseCheck) -> str:
    """What one check found."""
    slug = f"check-{check.code}-{check.grade}"
    names = ", ".join(title_in_words(name) for name in check.slugs)
    known = {"number": f"{abs(check.number):,}", "names": names}
    return phrase("clock", slug, **{name: known[name] for name in find_phrase("clock", slug).slots})


def grade_in_words(check: ReleaseCheck) -> str:
    """`In order`, `Look`, `Forbids release`."""
    return sentence(find_phrase("clock", f"grade-{check.grade}").text)


def version_in_words(version: Version) -> str:
    """`Standard` or `IMP²ART`."""
    return sentence(find_phrase("clock", f"version-{version}").text)


def set_state_in_words(state: SetState) -> str:
    """`Checked once, waits for a second check`."""
    return sentence(find_phrase("clock", f"set-{state}").text)


def done_in_words(action: SetAction) -> str:
    """`checked it`."""
    return find_phrase("clock", f"did-{action}").text


def table_name(table: str) -> str:
    """`read and acted on`."""
    return find_phrase("clock", f"table-{table}").text


def table_note(table: str) -> str:
    """What its cells mean."""
    return find_phrase("clock", f"note-{table}").text


def title_in_words(slug: str) -> str:
    """An indicator's title; its slug where these words know it no longer."""
    known = has_phrase("indicators", f"{slug}-title")
    return find_phrase("indicators", f"{slug}-title").text if known else slug


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "clock_state": state_in_words,
        "clock_step": step_in_words,
        "lateness": lateness_in_words,
        "cause": cause_in_words,
        "cause_name": cause_name,
        "check": check_in_words,
        "grade": grade_in_words,
        "version": version_in_words,
        "set_state": set_state_in_words,
        "done": done_in_words,
        "table_name": table_name,
        "table_note": table_note,
        "indicator": title_in_words,
        "month_name": name_of_month,
        "share": share_in_words,
    }
)
