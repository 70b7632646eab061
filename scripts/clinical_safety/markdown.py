"""The few forms of Markdown that the pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MADE = "<!-- Made by `python -m scripts.clinical_safety write`. Do not edit: change the register. -->"


def page(title: str, *blocks: str) -> str:
    """A page with its mark that it is made; blocks with an empty line between them."""
    return "\n\n".join((f"# {title}", MADE, *(block for block in blocks if block))) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a bar inside a cell is kept as a letter."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def bullets(lines: Iterable[str]) -> str:
    """A list; empty for no lines."""
    return "\n".join(f"- {line}" for line in lines)
