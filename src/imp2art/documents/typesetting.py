"""Typst: a template and its values to the bytes of a tagged PDF.

Values go in as JSON through `sys.inputs` and are never built into Typst source, so nothing that a
person typed is ever read as markup. The project's own fonts only; the same values give the same bytes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final, cast

import typst

from imp2art.documents.letters import draw_all
from imp2art.documents.typefaces import FONTS, fonts_needed

TEMPLATES: Final = FONTS.parent / "templates"
_STANDARD: Final = "ua-1"  # tagged PDF/UA-1: Typst refuses an untagged picture or a missing letter
_own = threading.local()  # a compiler cannot be shared between threads


class DoesNotFit(Exception):  # noqa: N818 - a result that the caller turns into its own sentence
    """The template gave up: its text is longer than its page."""


def typeset(template: str, values: Mapping[str, Any], made_on: date) -> bytes:
    """The PDF of `templates/<template>.typ` with `values`, dated `made_on`.

    Raises `DoesNotFit` where the template panics with `does not fit`, and `Refusal` for a letter that
    no font of the project has.
    """
    made_at = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
    drawn = draw_all(values, FONTS)
    fonts = fonts_needed(drawn, str(values.get("language", "")))
    try:
        pdf = _compiler(template, fonts).compile(
            format="pdf",
            sys_inputs={"values": json.dumps(drawn, ensure_ascii=False)},
            pdf_standards=_STANDARD,
            timestamp=made_at,
        )
    except typst.TypstError as fault:
        if "does not fit" in fault.message:
            raise DoesNotFit from None
        raise
    return cast(bytes, pdf)  # one PDF; only pictures come as a list


def draw_page(template: str, values: Mapping[str, Any], dots_an_inch: float) -> bytes:
    """The one page of `templates/<template>.typ` as a PNG; raises as `typeset` does."""
    drawn = draw_all(values, FONTS)
    fonts = fonts_needed(drawn, str(values.get("language", "")))
    inputs = {"values": json.dumps(drawn, ensure_ascii=False)}
    png = _compiler(template, fonts).compile(format="png", ppi=dots_an_inch, sys_inputs=inputs)
    return cast(bytes, png)


def _compiler(template: str, fonts: tuple[str, ...]) -> typst.Compiler:
    """This thread's compiler of the template, kept: a fresh one costs ten times the page itself."""
    compilers: dict[tuple[str, tuple[str, ...]], typst.Compiler] = _own.__dict__.setdefault("compilers", {})
    if (template, fonts) not in compilers:
        source = TEMPLATES / f"{template}.typ"  # a path: a source in memory serves only once
        compilers[template, fonts] = typst.Compiler(
            source, font_paths=_fonts(fonts), ignore_system_fonts=True
        )
    return compilers[template, fonts]


@cache
def _fonts(names: tuple[str, ...]) -> typst.Fonts:
    paths = [str(FONTS / name) for name in names]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
