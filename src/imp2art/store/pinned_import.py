"""A long read names the extract that it reads, and stops when another takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.models import ExtractImport


@dataclass(frozen=True, slots=True)
class PinnedImport:
    """The newest import of a practice when the read began; None where there was none."""

    practice: PracticeCode
    import_id: int | None

    @classmethod
    def of(cls, practice: PracticeCode) -> Self:
        """Pin the newest import as it is now."""
        return cls(practice, _newest(practice))

    def check_is_still_the_latest(self) -> None:
        """An import is one transaction, so an unchanged number means that nothing was mixed."""
        if _newest(self.practice) != self.import_id:
            raise Refusal("A new extract was accepted while this was being worked out. Start it again.")


def _newest(practice: PracticeCode) -> int | None:
    rows = ExtractImport.objects.filter(practice_id=practice).order_by("-id")
    return rows.values_list("id", flat=True).first()
