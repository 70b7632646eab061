"""Why two searches differ in one person, in words."""

from __future__ import annotations

from dataclasses import dataclass

from imp2art.audit.difference import Difference
from imp2art.audit.twin.seen import Seen
from imp2art.documents.words import find_phrase, phrase
from imp2art.web.design.words import sentence, short_day


@dataclass(frozen=True, slots=True)
class DifferenceInWords:
    """`clause` is the part of the rule that decided here, `kind` what such a difference usually is, and
    `entry` the entry that it hangs on; empty where the record has none."""

    clause: str
    kind: str
    entry: str


def difference_in_words(found: Difference) -> DifferenceInWords:
    """The difference for the practice's own page: it names an entry of the record."""
    clause = find_phrase("indicators", f"clause-{found.clause.name}").text
    kind = find_phrase("indicators", f"difference-{found.kind}").text
    return DifferenceInWords(sentence(clause), kind, entry_in_words(found.entry) if found.entry else "")


def entry_in_words(seen: Seen) -> str:
    """`Asthma self-management plan agreed, 3 May 2024`; only the year or the month where no more is known."""
    day = short_day(seen.on.last) if seen.on.is_whole else str(seen.on)
    return phrase("indicators", "difference-entry", term=seen.term, day=day)
