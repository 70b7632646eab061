"""One place in a Bundle that is being read: what stands there, and the path that names it to a person.

Nothing is guessed: what is not as it was written is refused, with its path and never with its value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from imp2art.core.partial_date import parse_day
from imp2art.core.refusal import Refusal

WHAT_TO_DO = (
    "Nothing was read. Ask for the file again where it came from; if it came from other software, type the "
    "plan in from its page."
)


def refuse_at(path: str, what: str) -> NoReturn:
    """Raise the `Refusal` that names the path, what is wrong there and what to do."""
    raise Refusal(f"At {short(path)}: {what} {WHAT_TO_DO}")


def short(path: str) -> str:
    """A path that is no longer than a line: a name in it may be as long as a foreign file likes."""
    return path if len(path) <= 160 else f"{path[:160]}…"


@dataclass(frozen=True, slots=True)
class Place:
    """`data` is a JSON value; `path` is written as FHIR writes it: `Bundle.entry[2].resource.status`."""

    data: Any
    path: str

    def refuse(self, what: str) -> NoReturn:
        """Raise the `Refusal` about this place."""
        refuse_at(self.path, what)

    def at(self, name: str) -> Place | None:
        """The element of this name, or None where there is none."""
        value = self._object().get(name)
        return None if value is None else Place(value, f"{self.path}.{name}")

    def need(self, name: str) -> Place:
        """The element of this name; `Refusal` where there is none."""
        return self.at(name) or refuse_at(f"{self.path}.{name}", "this part is missing.")

    def each(self, name: str) -> tuple[Place, ...]:
        """The items of the list of this name; none where there is no list."""
        found = self.at(name)
        if found is None:
            return ()
        if not isinstance(found.data, list):
            found.refuse("a list is needed.")
        return tuple(Place(item, f"{found.path}[{index}]") for index, item in enumerate(found.data))

    def one(self, name: str) -> Place | None:
        """The only item of the list of this name, or None; `Refusal` for two."""
        found = self.each(name)
        if len(found) > 1:
            found[1].refuse("only one may stand here.")
        return found[0] if found else None

    def extensions(self, url: str) -> Iterator[Place]:
        """The extensions of this name, in order."""
        return (each for each in self.each("extension") if each.need("url").text() == url)

    def extension(self, url: str) -> Place | None:
        """The only extension of this name, or None; `Refusal` for two."""
        found = tuple(self.extensions(url))
        if len(found) > 1:
            found[1].refuse("this may be said once.")
        return found[0] if found else None

    def text(self) -> str:
        """The text that stands here."""
        return self.data if isinstance(self.data, str) else self.refuse("text is needed.")

    def flag(self) -> bool:
        """The true or false that stands here."""
        return self.data if isinstance(self.data, bool) else self.refuse("true or false is needed.")

    def number(self) -> Decimal:
        """The number that stands here, with the digits it was written with."""
        if isinstance(self.data, int | Decimal) and not isinstance(self.data, bool):
            return Decimal(self.data)
        return self.refuse("a number is needed.")

    def whole(self) -> int:
        """The whole number that stands here; 2.0 is one."""
        number = self.number()
        if abs(number) > 2**31 or number != int(number):
            self.refuse("a whole number is needed.")
        return int(number)

    def day(self) -> date:
        """The date that stands here, with its day."""
        try:
            return parse_day(self.text())
        except Refusal:
            return self.refuse("a date such as 2026-11-23 is needed.")

    def _object(self) -> dict[str, Any]:
        return self.data if isinstance(self.data, dict) else self.refuse("an object is needed.")
