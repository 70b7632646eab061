"""Made-up codes for the lists that no public source has codes for, so that simulated practices can have them.

They stand for nothing outside simulated practices: no system records them, and no list of the project holds
them. Without them an indicator that needs such a list stays not configured, as it must with real records.
"""

from __future__ import annotations

from pathlib import Path

from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.identifiers import SnomedCode
from imp2art.codes.library import Library, fill_slots
from imp2art.codes.list_files import table_text
from imp2art.codes.slots import SLOTS
from imp2art.simulate.made_up import made_up

SOURCE = "Made up for simulated practices; stands for nothing outside them"
_FIRST = 9001


def stand_in_lists() -> tuple[Codelist, ...]:
    """A list with one made-up code for each slot."""
    provenance = Provenance(SOURCE, "made-up", "2026-11-24", "C")
    return tuple(
        Codelist(slug, slot.title, {SnomedCode(made_up(number)): f"Made up: {slot.title}"}, provenance)
        for number, (slug, slot) in enumerate(SLOTS.items(), _FIRST)
    )


def write_stand_ins(folder: Path) -> None:
    """The lists as files that `imp2art codelists import` takes, one a slot."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in stand_in_lists():
        rows = [(str(code), term) for code, term in each.terms.items()]
        (folder / f"{each.slug}.csv").write_text(table_text(("code", "term"), rows), "utf-8")


def with_stand_ins(library: Library) -> Library:
    """The library with made-up codes in the slots that are empty; a list that a site brought in stays."""
    return fill_slots(library, [each for each in stand_in_lists() if each.slug in library.unfilled])
