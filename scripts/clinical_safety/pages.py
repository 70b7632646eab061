"""The pages that are made from the registers, by name; never edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scripts.clinical_safety.hazard_pages import hazard_log, of_the_practice
from scripts.clinical_safety.register_pages import calculations, purposes
from scripts.clinical_safety.registers import FOLDER, SafetyFile
from scripts.clinical_safety.safety_case import safety_case


def pages(safety: SafetyFile) -> Mapping[str, str]:
    """File name and text of every page."""
    return {
        "safety_case.md": safety_case(safety),
        "hazard_log.md": hazard_log(safety),
        "for_the_practice.md": of_the_practice(safety),
        "calculations.md": calculations(safety),
        "intended_purpose.md": purposes(safety),
    }


def stale(safety: SafetyFile, folder: Path = FOLDER) -> tuple[str, ...]:
    """Names of the pages that are missing or are not what the registers say now."""
    made = pages(safety)
    return tuple(name for name, text in made.items() if _kept(folder / name) != text)


def write(safety: SafetyFile, folder: Path = FOLDER) -> tuple[str, ...]:
    """Write the stale pages; answers their names."""
    names = stale(safety, folder)
    made = pages(safety)
    for name in names:
        (folder / name).write_text(made[name], "utf-8")
    return names


def _kept(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None
