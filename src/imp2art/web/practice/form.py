"""A form as a page shows it: its texts, its errors, and where each prefilled value is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from imp2art.web.practice.fields import NO, YES, FieldError

Texts = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Form:
    """What the macros of `design/fields.jinja` ask for."""

    texts: Mapping[str, tuple[str, ...]]
    errors: tuple[FieldError, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[str, str] = field(default_factory=dict)

    def suggestion(self, name: str) -> str:
        """A number that one press puts into an empty field; nothing where it is there already."""
        return "" if self.text(name) == self.suggested.get(name) else self.suggested.get(name, "")

    def text(self, name: str) -> str:
        """The text of a field; empty where there is none."""
        return (self.texts.get(name) or ("",))[-1]

    def chosen(self, name: str) -> tuple[str, ...]:
        """Everything chosen under a name."""
        return self.texts.get(name, ())

    def error(self, name: str) -> str:
        """What to change in this field, or nothing."""
        return next((error.sentence for error in self.errors if error.field == name), "")

    def source(self, name: str) -> str:
        """Where the field's value is from and how old it is, or nothing."""
        return self.sources.get(name, "")

    def holds(self, prefix: str) -> bool:
        """Whether any field whose name begins so is filled in."""
        return any(any(texts) for name, texts in self.texts.items() if name.startswith(prefix))

    @property
    def summary(self) -> list[dict[str, str]]:
        """The errors for the summary on top, each with the address of its field."""
        return [{"text": error.sentence, "href": f"#{error.field}"} for error in self.errors]


def yes_or_no(answer: bool | None) -> str | None:
    """The text of a yes/no answer; None where it was not asked."""
    return None if answer is None else YES if answer else NO


def shown(values: Mapping[str, object]) -> Texts:
    """Values as the texts of their fields; None is an empty field."""
    return {name: ("" if value is None else str(value),) for name, value in values.items()}
