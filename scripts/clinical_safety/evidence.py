"""Whether a test or a rule that a register names is in the source: read, never run, so that it is quick."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

_SKIPS = ("skip", "skipif", "xfail")


def find_definition(root: Path, node_id: str) -> ast.AST | None:
    """The class or function of `file::Class::function`; None where the file has none of that name."""
    file, _, path = node_id.partition("::")
    found: ast.AST | None = _parsed(root / file)
    for name in path.split("::"):
        found = next((part for part in _body(found) if getattr(part, "name", None) == name), None)
    return found


def find_test(root: Path, node_id: str) -> ast.AST | None:
    """As `find_definition`, where pytest would collect it by the names of file, classes and test."""
    file, *classes, name = node_id.split("::")
    as_tests = Path(file).name.startswith("test_") and name.startswith("test")
    if not as_tests or not all(part.startswith("Test") for part in classes):
        return None
    return find_definition(root, node_id)


def marked_to_be_left_out(test: ast.AST) -> bool:
    """Whether its own decorators skip it or let it fail."""
    marks = [ast.unparse(mark).split("(")[0] for mark in getattr(test, "decorator_list", ())]
    return any(mark.startswith("pytest.mark.") and mark.rsplit(".", 1)[1] in _SKIPS for mark in marks)


def _body(node: ast.AST | None) -> list[ast.stmt]:
    return getattr(node, "body", [])


@cache
def _parsed(file: Path) -> ast.Module | None:
    return ast.parse(file.read_text("utf-8")) if file.is_file() else None
