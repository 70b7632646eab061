"""JSON from anywhere, read so that nothing in it is lost, doubled or too deep to be followed."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, NoReturn

from imp2art.core.refusal import Refusal
from imp2art.fhir.place import WHAT_TO_DO

LARGEST_FILE = 5_000_000  # bytes; a plan with its page is some 100 kB
# A whole string (or one without its end), or a bracket outside strings.
_TOKENS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)|[\[\]{}]', re.DOTALL)
DEEPEST = 30  # lists and objects in one another; a plan's Bundle has 12


def read_json(content: bytes) -> Any:  # noqa: ANN401 - a JSON value has no closer type
    """The value, numbers with a point as `Decimal`. `Refusal` for no JSON, for twins and for deep nesting."""
    if len(content) > LARGEST_FILE:
        raise Refusal("The file is larger than 5 MB; a plan with its page is a tenth of a megabyte.")
    _refuse_deep(content)
    try:
        value = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_refuse_twins,
        )
        json.dumps(value, ensure_ascii=False, default=str).encode()  # half a surrogate pair cannot be written
    except json.JSONDecodeError as fault:
        raise Refusal(
            f"The file is not JSON: line {fault.lineno}, column {fault.colno}. {WHAT_TO_DO}"
        ) from None
    except UnicodeError:
        raise Refusal("The file is not UTF-8 text; save it as UTF-8.") from None
    except ValueError:
        raise Refusal(f"The file holds a number with thousands of digits. {WHAT_TO_DO}") from None
    return value


def _refuse_deep(content: bytes) -> None:
    """Counted before anything is parsed: a parser that follows deep nesting can exhaust its stack (B-F01)."""
    depth = 0
    for token in _TOKENS.finditer(content):
        first = token[0][:1]
        depth += (first in b"[{") - (first in b"]}")
        if depth > DEEPEST:
            raise Refusal(f"The file nests lists or objects too deeply to be a plan. {WHAT_TO_DO}")


def _refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Refusal(f"The file says the same thing twice in one object. {WHAT_TO_DO}")
    return found


def _refuse_constant(constant: str) -> NoReturn:
    raise Refusal(f"The file holds {constant}, which is not a number of a plan. {WHAT_TO_DO}")
