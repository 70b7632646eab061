"""A code of each coding system is a type of its own, so that two systems are never mixed up."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import ClassVar, Self

from imp2art.codes.verhoeff import is_valid
from imp2art.core.refusal import Refusal

_SCTID = re.compile(r"[1-9][0-9]{5,17}")
_READ = re.compile(r"[0-9A-Za-z]{1,5}\.{0,4}")
# The two digits before the check digit say what an identifier names: 00 and 10 are concepts.
_CONCEPT_PARTITIONS = ("00", "10")


class CodingSystem(StrEnum):
    """The words that an extract uses for the four systems."""

    SNOMED = "snomed"
    DMD = "dmd"
    READ_V2 = "readv2"
    CTV3 = "ctv3"


class Code(str):
    """A code of some system. Never made directly: use one of the four types below."""

    __slots__ = ()
    system: ClassVar[CodingSystem]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Code) and type(other) is not type(self):
            return False
        return str.__eq__(self, other) if isinstance(other, str) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


class SnomedCode(Code):
    """A SNOMED CT concept identifier, kept as text: 6–18 digits with a Verhoeff check digit."""

    __slots__ = ()
    system = CodingSystem.SNOMED

    def __new__(cls, text: str) -> Self:
        return super().__new__(cls, _checked_sctid(text, "SNOMED CT"))


class DmdCode(Code):
    """A dm+d identifier (VMP, AMP, VTM or ingredient); the same shape as a SNOMED CT one."""

    __slots__ = ()
    system = CodingSystem.DMD

    def __new__(cls, text: str) -> Self:
        return super().__new__(cls, _checked_sctid(text, "dm+d"))


class ReadV2Code(Code):
    """A Read v2 code: five characters, filled up with dots. Upper and lower case differ."""

    __slots__ = ()
    system = CodingSystem.READ_V2

    def __new__(cls, text: str) -> Self:
        return super().__new__(cls, _checked_read(text, "Read v2"))


class Ctv3Code(Code):
    """A CTV3 (Read 3) code: five characters, filled up with dots. Upper and lower case differ."""

    __slots__ = ()
    system = CodingSystem.CTV3

    def __new__(cls, text: str) -> Self:
        return super().__new__(cls, _checked_read(text, "CTV3"))


CODE_TYPES: dict[CodingSystem, type[Code]] = {
    kind.system: kind for kind in (SnomedCode, DmdCode, ReadV2Code, Ctv3Code)
}


def parse_code(system: str, text: str) -> Code:
    """The code of this system, or a `Refusal` that says what is wrong with it."""
    try:
        kind = CODE_TYPES[CodingSystem(system)]
    except ValueError:
        raise Refusal(f"The coding system must be one of {', '.join(CodingSystem)}.") from None
    return kind(text)


def _checked_sctid(text: str, name: str) -> str:
    if not _SCTID.fullmatch(text):
        raise Refusal(f"A {name} code has 6 to 18 digits and no leading zero.")
    if not is_valid(text):
        raise Refusal(
            f"The {name} code's check digit is wrong. A spreadsheet may have rounded it: "
            "export the column as text."
        )
    if text[-3:-1] not in _CONCEPT_PARTITIONS:
        raise Refusal(f"This {name} identifier names a description or a relation, not a concept.")
    return text


def _checked_read(text: str, name: str) -> str:
    # Some systems write a two-digit term number behind the five characters.
    core = text[:5] if re.fullmatch(r".{5}[0-9]{2}", text) else text
    if not _READ.fullmatch(core) or len(core) > 5:
        raise Refusal(f"A {name} code has five letters, digits or dots, such as H33.. or XaIIZ.")
    return core.ljust(5, ".")
