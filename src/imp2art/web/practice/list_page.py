"""The page of a list of people: who is on it, narrowed and a page at a time, and what was done about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.flows.show_register import OffRegister, RegisterRow, show_off_register, show_register
from imp2art.flows.show_report import ListBehind
from imp2art.flows.work_list import Worked, is_seen_to, marks_elsewhere, show_marks
from imp2art.store.list_marks import KeptMark
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.on_site import today

PAGE_LENGTH = 50
WHOLE = "all"  # every page as one, to print or to work through at once
# What a reader can narrow the list to, in the order of the page.
SHOWN: Mapping[str, Callable[[KeptMark | None, Actor], bool]] = {
    "all": lambda mark, actor: True,
    "open": lambda mark, actor: not is_seen_to(mark),
    "mine": lambda mark, actor: mark is not None and not is_seen_to(mark) and mark.assignee == actor.id,
    "seen-to": lambda mark, actor: is_seen_to(mark),
}
ListRow = RegisterRow | OffRegister


@dataclass(frozen=True, slots=True)
class ListPage:
    """`rows` are one page of those of `shown`; `counts` are people by what they can be narrowed to.

    `met_since` were on the list and have left it by the newest figures; `gone` are not in the newest
    extract. `whole`: all are on one page. `elsewhere` are the marks that people of the page bear on other
    lists.
    """

    title: str
    month: str
    month_end: date
    slug: str
    total: int
    gone: int
    met_since: int
    counts: Mapping[str, int]
    shown: str
    rows: Page[ListRow]
    whole: bool
    worked: Worked
    elsewhere: Mapping[str, tuple[KeptMark, ...]]

    @property
    def public_ids(self) -> tuple[str, ...]:
        """Everyone on this page."""
        return tuple(row.public_id for row in self.rows)

    @property
    def query(self) -> str:
        """What leads back to this page."""
        number = WHOLE if self.whole else self.rows.number
        return f"show={self.shown}" + (f"&page={number}" if number != 1 else "")


def list_page(
    actor: Actor, practice: PracticeCode, month: str, found: ListBehind, title: str, shown: str, page: str
) -> ListPage:
    """The list as it is now. An unknown narrowing shows all, a page that is not there the nearest."""
    worked = show_marks(actor, practice, found.slug, today())
    here = _people_on(actor, practice, found)
    left = tuple(row for row in here if row.public_id not in found.met_since)
    narrowed = {
        name: tuple(row for row in left if belongs(worked.marks.get(row.public_id), actor))
        for name, belongs in SHOWN.items()
    }
    shown = shown if shown in SHOWN else "all"
    rows = _page(narrowed[shown], page)
    on_page = [row.public_id for row in rows]
    return ListPage(
        title=title,
        month=month,
        month_end=end_of_month_named(month),
        slug=found.slug,
        total=len(here),
        gone=len(found.public_ids) - len(here),
        met_since=len(here) - len(left),
        counts={name: len(each) for name, each in narrowed.items()},
        shown=shown,
        rows=rows,
        whole=page == WHOLE,
        worked=worked,
        elsewhere=marks_elsewhere(actor, practice, found.slug, on_page, today()),
    )


def _people_on(actor: Actor, practice: PracticeCode, found: ListBehind) -> tuple[ListRow, ...]:
    register = show_register(actor, practice, today())
    return (
        *(row for row in register.rows if row.public_id in found.public_ids),
        *show_off_register(actor, practice, found.public_ids, today()),
    )


def _page(rows: tuple[ListRow, ...], page: str) -> Page[ListRow]:
    length = max(1, len(rows)) if page == WHOLE else PAGE_LENGTH
    return Paginator(rows, length).get_page(page)
