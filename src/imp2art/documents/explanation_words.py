"""One person and one indicator in words: how they count, what decided, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imp2art.audit.explain import Explanation
from imp2art.audit.twin.clause_answer import ClauseAnswer, Part
from imp2art.audit.twin.seen import Seen
from imp2art.audit.twin.truth import Truth
from imp2art.core.finding import Outcome
from imp2art.documents.words import day_in_words, find_phrase, phrase

BOOK, INDICATORS = "lists", "indicators"


@dataclass(frozen=True, slots=True)
class ClauseInWords:
    """One clause of the rule. `entry` decided it; `newest` is the newest there is, inside its window or
    not. Both are empty where the record has none."""

    part: str
    asks: str
    answer: str
    entry: str
    newest: str
    decided: bool


@dataclass(frozen=True, slots=True)
class ExplanationInWords:
    """`reason` says which clause decided and by which entry, `changes` what would change the outcome.

    `clauses` is empty for a reader who may not see entries of the record; no date of one is then said.
    """

    title: str
    rule: str
    outcome: str
    reason: tuple[str, ...]
    changes: tuple[str, ...]
    clauses: tuple[ClauseInWords, ...]


def explanation_in_words(slug: str, found: Explanation, on: date, sees_entries: bool) -> ExplanationInWords:
    """The explanation of one person's answer on a day, for a reader who may see entries or may not."""
    clauses = tuple(_clause(each, found) for each in found.clauses) if sees_entries else ()
    return ExplanationInWords(
        title=phrase(INDICATORS, f"{slug}-title"),
        rule=phrase(INDICATORS, f"{slug}-rule"),
        outcome=phrase(BOOK, f"explain-outcome-{_outcome(found)}", day=day_in_words(on)),
        reason=tuple(_reason(found.decided, sees_entries)),
        changes=tuple(_changes(found, sees_entries)),
        clauses=clauses,
    )


def entry_in_words(seen: Seen) -> str:
    """`Asthma self-management plan agreed, 3 May 2024`; the year or the month where no more is known."""
    day = day_in_words(seen.on.last) if seen.on.is_whole else str(seen.on)
    return phrase(INDICATORS, "difference-entry", term=seen.term, day=day)


def _outcome(found: Explanation) -> str:
    if found.decided.part is Part.EXCLUSION and found.finding.outcome is Outcome.NOT_APPLICABLE:
        return "taken-out"
    return found.finding.outcome.value.replace(" ", "-")


def _reason(decided: ClauseAnswer, sees_entries: bool) -> Iterator[str]:
    yield phrase(BOOK, f"explain-decided-{_TRUTHS[decided.truth]}", clause=_asks(decided.name))
    if not sees_entries:
        return
    if decided.value is not None:
        yield phrase(BOOK, "explain-number", number=_plain(decided.value))
    if decided.entry is not None:
        yield phrase(BOOK, "explain-entry", entry=entry_in_words(decided.entry))
    elif decided.newest is not None:
        yield phrase(BOOK, "explain-newest", entry=entry_in_words(decided.newest))


def _changes(found: Explanation, sees_entries: bool) -> Iterator[str]:
    match found.finding.outcome:
        case Outcome.MET:
            yield from _while_met(found, sees_entries)
        case Outcome.NOT_MET:
            yield from _needed(found, Part.NUMERATOR, "explain-needs")
        case Outcome.CANNOT_TELL:
            yield phrase(BOOK, "explain-unclear", clause=_asks(found.decided.name))
        case Outcome.NOT_APPLICABLE if found.decided.part is Part.EXCLUSION:
            yield from _while_taken_out(found, sees_entries)
        case _:
            yield from _needed(found, Part.DENOMINATOR, "explain-needs-first")
            yield from _needed(found, Part.NUMERATOR, "explain-needs-then")


def _while_met(found: Explanation, sees_entries: bool) -> Iterator[str]:
    if found.holds_until is None:
        yield phrase(BOOK, "explain-for-good")
    elif sees_entries:
        yield phrase(BOOK, "explain-until", day=day_in_words(found.holds_until))


def _while_taken_out(found: Explanation, sees_entries: bool) -> Iterator[str]:
    if found.excluded_until is not None and sees_entries:
        yield phrase(BOOK, "explain-excluded-until", day=day_in_words(found.excluded_until))
    else:
        yield phrase(BOOK, "explain-excluded", clause=_asks(found.decided.name))
    yield from _needed(found, Part.NUMERATOR, "explain-excluded-met")


def _needed(found: Explanation, part: Part, slug: str) -> Iterator[str]:
    needed = [clause.name for clause in found.clauses if clause.part is part and clause.name in found.needs]
    if needed:
        yield phrase(BOOK, slug, clause="; ".join(map(_asks, needed)))


def _clause(answer: ClauseAnswer, found: Explanation) -> ClauseInWords:
    return ClauseInWords(
        part=find_phrase(BOOK, f"explain-part-{answer.part}").text,
        asks=_asks(answer.name),
        answer=find_phrase(BOOK, f"explain-truth-{_TRUTHS[answer.truth]}").text,
        entry=entry_in_words(answer.entry) if answer.entry else "",
        newest=entry_in_words(answer.newest) if answer.newest else "",
        decided=answer is found.decided,
    )


def _asks(clause: str) -> str:
    return find_phrase(INDICATORS, f"clause-{clause}").text


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


_TRUTHS = {Truth.YES: "yes", Truth.NO: "no", Truth.CANNOT_TELL: "cannot-tell"}
