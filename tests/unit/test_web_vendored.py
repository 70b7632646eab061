"""The NHS.UK front end as it was vendored: unchanged since, and asking nobody else for anything."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from imp2art.web import design

STATIC = Path(design.__file__).parent / "static/design"
VENDORED = STATIC / "nhsuk"
MANIFEST = json.loads((VENDORED / "manifest.json").read_text())


@pytest.mark.parametrize("name", sorted(MANIFEST["files"]))
def test_a_vendored_file_is_as_it_was_fetched(name: str) -> None:
    assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == MANIFEST["files"][name]


def test_no_other_file_lies_among_them() -> None:
    found = {str(path.relative_to(VENDORED)) for path in VENDORED.rglob("*") if path.is_file()}
    assert found == {*MANIFEST["files"], "manifest.json"}


def test_the_templates_are_those_of_the_same_front_end() -> None:
    assert (version("nhsuk-frontend-jinja"), MANIFEST["package"]) == ("0.10.2", "nhsuk-frontend@10.6.1")


def test_the_licence_comes_with_it() -> None:
    assert "MIT License" in (VENDORED / "LICENCE.txt").read_text()


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_a_stylesheet_asks_no_other_host_and_uses_no_font_of_the_nhs(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"https?://|//[a-z]+\.", text.replace("http://www.w3.org/2000/svg", "")) == []
    assert "frutiger" not in text.lower()
    assert "sourceMappingURL" not in text


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_every_picture_of_a_stylesheet_is_there(path: Path) -> None:
    named = re.findall(r"url\([\"']?([^)\"']+)", path.read_text())
    assert [name for name in named if not (path.parent / name).is_file()] == []
