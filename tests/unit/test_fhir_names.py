"""Every name of our own that a Bundle may hold is explained to those who read it."""

from pathlib import Path

from imp2art.fhir import names

PAGE = (Path(__file__).parents[2] / "docs" / "fhir.md").read_text("utf-8")


def test_every_name_of_ours_is_in_the_guide() -> None:
    ours = {
        value for value in vars(names).values() if isinstance(value, str) and value.startswith(names.OURS)
    }
    told = {value for value in ours if value in PAGE or f"`…:{value.removeprefix(names.OURS)}`" in PAGE}
    assert ours - told == set()
