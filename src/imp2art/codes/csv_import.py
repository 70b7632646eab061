"""Reads a published codelist: the CSV and TSV files of OpenCodelists and the NHS reference sets.

Every row is a code of the list, or a `RowFault` with its number and reason. Some published files were
ruined by a spreadsheet, which is found out here and not taken on trust.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from imp2art.codes.identifiers import CODE_TYPES, Code, CodingSystem
from imp2art.codes.published_sheet import Sheet, read_sheet
from imp2art.core.refusal import Refusal

_COLUMN_SYSTEM = {
    "dmd_id": CodingSystem.DMD,
    "ctv3id": CodingSystem.CTV3,
    "ctv3code": CodingSystem.CTV3,
    "ctv3_code": CodingSystem.CTV3,
}
# Columns that only lists of medicines have.
_MEDICINE_COLUMNS = {"dmd_id", "dmd_type", "dmd_name", "bnf_code", "nm", "vpid", "obj_type"}
_ICD10 = re.compile(r"[A-Z][0-9]{2}(?:\.?[0-9X]{1,2})?")
_DIGITS = re.compile(r"[0-9]+")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")
# A spreadsheet keeps 15 significant digits of a number and writes 0 for the rest.
_DIGITS_A_SPREADSHEET_KEEPS = 15
# dm+d's part of the SNOMED CT number space: the seven digits before partition and check.
_DMD_NAMESPACE = "1000001"
_A_MEDICINE = "This is a medicine of dm+d, and the list holds recorded events."


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that is not taken. `row` counts lines of the file from 1; the reason is a sentence."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedList:
    """What a file holds. `repeated` rows name a code that an earlier row has named."""

    system: CodingSystem
    terms: Mapping[Code, str]
    faults: tuple[RowFault, ...]
    repeated: int


def parse_codelist(content: bytes, name: str, medicines: bool, system: str | None = None) -> ParsedList:
    """Read a file as a list of medicines (`medicines`) or of recorded events.

    `name` is the file's name for messages; `system` is given where the file does not tell. Raises
    `Refusal` for a file that has no code column, that is of another kind, or whose rows all fail.
    """
    sheet = read_sheet(content, name, has_no_header=system is not None)
    found = _system_of(sheet, name, medicines, system)
    _check_kind(found, name, medicines)
    rounded = _was_rounded(sheet, found)
    terms: dict[Code, str] = {}
    faults: list[RowFault] = []
    repeated = 0
    for row in sheet.rows:
        try:
            code = _checked(row.code, found, rounded)
        except Refusal as fault:
            faults.append(RowFault(row.line, sheet.code_column, str(fault)))
            continue
        repeated += code in terms
        terms.setdefault(code, row.term)
    _check_any(terms, faults, name)
    _check_medicines(sheet, terms, faults, name, medicines)
    return ParsedList(found, terms, tuple(faults), repeated)


def _system_of(sheet: Sheet, name: str, medicines: bool, told: str | None) -> CodingSystem:
    if told is not None:
        return _told_system(told)
    if sheet.code_column in _COLUMN_SYSTEM:
        return _COLUMN_SYSTEM[sheet.code_column]
    if sheet.columns & _MEDICINE_COLUMNS:
        return CodingSystem.DMD
    if any(_DIGITS.fullmatch(row.code) for row in sheet.rows):
        return CodingSystem.DMD if medicines else CodingSystem.SNOMED
    if all(_ICD10.fullmatch(row.code) for row in sheet.rows):
        raise Refusal(
            f"{name} holds ICD-10 codes. General practice records do not use ICD-10, so such a list finds "
            "nothing in an extract. Use the list's SNOMED CT version."
        )
    raise Refusal(f"{name} does not say which coding system its codes are of: give --system readv2 or ctv3.")


def _told_system(told: str) -> CodingSystem:
    try:
        return CodingSystem(told.casefold())
    except ValueError:
        raise Refusal(
            f"The coding system must be one of {', '.join(CodingSystem)}: an extract uses no other."
        ) from None


def _check_kind(system: CodingSystem, name: str, medicines: bool) -> None:
    if medicines and system is not CodingSystem.DMD:
        raise Refusal(f"{name} holds recorded events; a list of medicines needs dm+d codes.")
    if not medicines and system is CodingSystem.DMD:
        raise Refusal(
            f"{name} holds medicines (dm+d); a list of recorded events needs SNOMED CT or Read codes."
        )


def _was_rounded(sheet: Sheet, system: CodingSystem) -> bool:
    """Whether a spreadsheet has rounded the long identifiers.

    Rounding leaves a 0 at the end. Of the identifiers that end so, about one in ten passes the check
    digit by chance; in a sound list every one passes.
    """
    suspects = [row.code for row in sheet.rows if _could_be_rounded(row.code)]
    failed = sum(not _is_valid(code, system) for code in suspects)
    return failed * 2 > len(suspects)


def _could_be_rounded(text: str) -> bool:
    return bool(_DIGITS.fullmatch(text)) and len(text) > _DIGITS_A_SPREADSHEET_KEEPS and text.endswith("0")


def _is_valid(text: str, system: CodingSystem) -> bool:
    try:
        CODE_TYPES[system](text)
    except Refusal:
        return False
    return True


def _checked(text: str, system: CodingSystem, rounded: bool) -> Code:
    if not text:
        raise Refusal("The code is missing.")
    if _SCIENTIFIC.fullmatch(text):
        raise Refusal("A spreadsheet has turned the code into a number such as 1.2E+15: export it as text.")
    code = CODE_TYPES[system](text)
    if rounded and _could_be_rounded(text):
        raise Refusal(
            "The code ends in 0, as do most damaged ones of this file: a spreadsheet has rounded its long "
            "codes, so that this one cannot be trusted though its check digit fits."
        )
    if system is CodingSystem.SNOMED and _is_of_dmd(text):
        raise Refusal(_A_MEDICINE)
    return code


def _is_of_dmd(text: str) -> bool:
    # Older medicines have identifiers of the international number space, which tells nothing.
    return text[-10:-3] == _DMD_NAMESPACE


def _check_medicines(
    sheet: Sheet, terms: Mapping[Code, str], faults: list[RowFault], name: str, medicines: bool
) -> None:
    """Refuse a list of medicines given for one of events, and the other way round."""
    if medicines and not sheet.columns & _MEDICINE_COLUMNS and not any(map(_is_of_dmd, terms)):
        raise Refusal(f"{name} holds no medicine of dm+d, and the list is one of medicines.")
    if sum(fault.reason == _A_MEDICINE for fault in faults) > len(terms):
        raise Refusal(f"{name} holds medicines (dm+d), and the list is one of recorded events.")


def _check_any(terms: Mapping[Code, str], faults: list[RowFault], name: str) -> None:
    if terms:
        return
    reason, count = Counter(fault.reason for fault in faults).most_common(1)[0]
    raise Refusal(f"{name}: none of its {len(faults)} rows can be used. Most often ({count}): {reason}")
